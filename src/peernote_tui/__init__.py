"""PeerNote: offline case notes for peer supporters, in one encrypted vault."""

__version__ = "0.1.0"
