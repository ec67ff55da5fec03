"""Proofs by breaking: each module runs as `python -m reliability.NAME`; docs/reliability.md has the figures."""
