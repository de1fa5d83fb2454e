"""The use cases. Each takes plain values and returns a frozen Result; both front ends call them."""
