"""How each kind of result reads as text; one module a kind, loaded with its command."""
