"""Cedar Fork, a fictional city: its plan, its street network, its places and the map made of them."""
