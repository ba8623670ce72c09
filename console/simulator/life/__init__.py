"""Twenty-four hours in Cedar Fork: who calls, who goes, what comes of it; from one seed, the same every time."""
