"""The readiness score: computing it from answers, and saving the answers of a sprint."""
