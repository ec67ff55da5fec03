"""The renderers, one a format: each has `render(document, *, paper) -> Made`."""
