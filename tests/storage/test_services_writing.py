def test_smoke(workspace, consented, write_note):
    note = write_note(consented)
    assert note.seal
    from peernote_tui.services.verifying import verify
    assert verify(workspace).problems == ()
