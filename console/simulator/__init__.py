"""A city that never was, real past shifts served as if live, and the dispatch API that serves both."""
