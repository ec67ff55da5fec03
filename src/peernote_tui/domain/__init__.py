"""What is true without a computer: frozen models, pure rules, errors."""
