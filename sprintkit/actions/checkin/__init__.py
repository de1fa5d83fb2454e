"""Check-ins and corrections: their forms, and saving them."""
