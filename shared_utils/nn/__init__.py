"""Layers and networks in plain NumPy, for lessons that use what an earlier lesson built or others have trained."""
