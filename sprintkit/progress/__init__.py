"""Where a sprint stands, why, and whether it lands in time. Pure functions; the day is an argument."""
