"""Networks that others have trained, in plain NumPy, with their weights from datasets/."""
