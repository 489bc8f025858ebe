"""The hash tree against the definition in RFC 9162, section 2.1.1."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from office.audit.merkle import Tree, leaf_hash, node_hash


def root_by_definition(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_by_definition(leaves[:half]), root_by_definition(leaves[half:]))


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_growing_leaf_by_leaf_gives_the_root_of_the_definition(data: list[bytes]) -> None:
    leaves = [leaf_hash(item) for item in data]
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    assert tree.root() == root_by_definition(leaves)
    assert tree.size == len(leaves)
    assert len(tree.frontier) == len(leaves).bit_count()


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.integers(0, 40))
def test_a_tree_taken_up_again_from_its_frontier_grows_the_same(data: list[bytes], cut: int) -> None:
    whole, first = Tree(), Tree()
    for item in data:
        whole.append(leaf_hash(item))
    for item in data[:cut]:
        first.append(leaf_hash(item))
    again = Tree(first.size, list(first.frontier))
    for item in data[cut:]:
        again.append(leaf_hash(item))
    assert again.root() == whole.root()
