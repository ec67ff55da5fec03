"""Participants out of files of other programs, and into files that other programs read. Bytes in, bytes out."""
