"""The use cases: each takes plain values and returns a frozen Result. Both front ends call these."""
