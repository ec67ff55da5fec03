"""Snippets on the command line: listed, set, removed, passed on."""

from __future__ import annotations


def test_they_are_set_listed_exported_imported_and_removed(vault, tmp_path):
    made = vault("snippets", "set", ";Rent", "We called the landlord;\n{name} did the talking.", "--json")
    assert made.json == {"key": "rent", "text": "We called the landlord;\n{name} did the talking.", "own": True}
    assert vault("snippets", "set", "long", "-", stdin="from a pipe\n").out == ";long stands for it from now on.\n"
    own = vault("snippets", "list", "--own")
    assert own.out.splitlines() == [
        ";long  from a pipe",
        ";rent  We called the landlord; {name} did the talking.",
    ]
    everything = vault("snippets", "list", "--json").json
    assert everything["total"] == len(everything["snippets"]) > 10

    file = tmp_path / "ours.toml"
    assert vault("snippets", "export", "--own", "-o", file, "--json").json == {"file": str(file)}
    assert vault("snippets", "export", "--own", "-o", file).code == 7
    assert vault("snippets", "export", "--own").out == file.read_text(encoding="utf-8")
    assert vault("snippets", "remove", "rent", "--json").json == {"key": "rent"}
    assert vault("snippets", "remove", "rent").code == 6
    tried = vault("snippets", "import", file, "--dry-run")
    assert tried.out.splitlines() == ["1 added: ;rent", "1 the same already: ;long", "Nothing was written."]
    taken = vault("snippets", "import", file, "--json").json
    assert taken == {"added": ["rent"], "changed": [], "same": ["long"], "dry_run": False}


def test_what_cannot_be_used_is_refused_without_its_words(vault):
    refused = vault("snippets", "set", "a b", "zqvogelkop")
    assert (refused.code, refused.out) == (2, "")
    assert "zqvogelkop" not in refused.err
    assert vault("snippets", "set", "a", "of {zqvogelkop}").code == 2
    broken = vault("snippets", "import", "-", stdin="[snippets]\na = 'zqvogelkop {no}'\n")
    assert broken.code == 8
    assert "Snippet 1 of the file" in broken.err
    assert "zqvogelkop" not in broken.err
