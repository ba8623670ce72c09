"""What a row of the archive holds, as bytes: blocks of events, whole boards, and their digests."""
