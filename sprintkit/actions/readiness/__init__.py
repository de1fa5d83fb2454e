"""The readiness score: computing it from answers, and keeping the answers of a sprint."""
