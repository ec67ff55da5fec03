"""Keys, the encrypted file, opening and closing. Knows SQLCipher and libsodium; knows no note."""
