"""The value calculator: what a month of the work taken over is worth."""
