"""The guided note: five steps and a review."""
