"""The hash tree of RFC 9162 (section 2.1.1), grown leaf by leaf with a compact range. Pure."""

import hashlib
from dataclasses import dataclass, field


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Tree:
    """How many leaves there are, and the roots of the complete subtrees, largest first."""

    size: int = 0
    frontier: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash; complete subtrees of equal size are joined, as a binary counter carries."""
        carry, size = leaf, self.size
        while size & 1:
            carry = node_hash(self.frontier.pop(), carry)
            size >>= 1
        self.frontier.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """Return the Merkle tree hash; that of no leaves is the hash of nothing."""
        if not self.frontier:
            return hashlib.sha256(b"").digest()
        root = self.frontier[-1]
        for subtree in reversed(self.frontier[:-1]):
            root = node_hash(subtree, root)
        return root
