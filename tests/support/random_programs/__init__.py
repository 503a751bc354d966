"""Random workflow programs: what they mean, how they are drawn, and the workflows that run them."""
