"""The hours ahead: who goes off shift and comes on, how many teams are likely free, how hard each works."""
