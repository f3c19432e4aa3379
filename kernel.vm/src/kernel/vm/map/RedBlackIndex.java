// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/**
 * A red-black tree by start address, each node with the widest gap of its subtree.
 *
 * <p>A lookup changes nothing and takes at most twice the logarithm of the number of entries.
 */
final class RedBlackIndex implements EntryIndex {
    private long maxAddress;
    private VmMapEntry root;

    RedBlackIndex(long maxAddress) {
        this.maxAddress = maxAddress;
    }

    @Override
    public void limit(long newMaxAddress) {
        maxAddress = newMaxAddress;
        VmMapEntry last = floor(Long.MAX_VALUE);
        if (last != null) {
            gapChanged(last);
        }
    }

    @Override
    public VmMapEntry floor(long address) {
        VmMapEntry best = null;
        VmMapEntry node = root;
        while (node != null) {
            if (node.start <= address) {
                best = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return best;
    }

    @Override
    public void insert(VmMapEntry entry) {
        VmMapEntry before = entry.previous;
        boolean left = before == null || before.right != null;
        VmMapEntry parent = root == null ? null : left ? entry.next : before;
        entry.left = null;
        entry.right = null;
        entry.red = true;
        entry.parent = parent;
        if (parent == null) {
            root = entry;
        } else {
            setChild(parent, left, entry);
        }
        gapChanged(entry);
        if (before != null) {
            gapEnds(before, entry.start);
        }
        balanceInserted(entry);
    }

    private void balanceInserted(VmMapEntry inserted) {
        VmMapEntry node = inserted;
        while (red(node.parent)) {
            VmMapEntry parent = node.parent;
            VmMapEntry above = parent.parent;
            boolean left = parent == above.left;
            VmMapEntry uncle = child(above, !left);
            if (red(uncle)) {
                parent.red = false;
                uncle.red = false;
                above.red = true;
                node = above;
            } else {
                if (node == child(parent, !left)) {
                    rotate(parent, left);
                    node = parent;
                    parent = node.parent;
                }
                parent.red = false;
                above.red = true;
                rotate(above, !left);
            }
        }
        root.red = false;
    }

    @Override
    public void remove(VmMapEntry entry) {
        VmMapEntry hole;
        VmMapEntry above;
        boolean lostRed;
        if (entry.left == null || entry.right == null) {
            hole = entry.left == null ? entry.right : entry.left;
            above = entry.parent;
            lostRed = entry.red;
            replace(entry, hole);
        } else {
            // The next entry is the lowest of the right subtree: it takes the place.
            VmMapEntry heir = entry.next;
            hole = heir.right;
            lostRed = heir.red;
            above = heir;
            if (heir.parent != entry) {
                above = heir.parent;
                replace(heir, hole);
                setChild(heir, false, entry.right);
                entry.right.parent = heir;
            }
            replace(entry, heir);
            setChild(heir, true, entry.left);
            entry.left.parent = heir;
            heir.red = entry.red;
        }
        widenUp(above);
        if (!lostRed) {
            balanceRemoved(hole, above);
        }
        entry.left = null;
        entry.right = null;
        entry.parent = null;
        if (entry.previous != null) {
            gapEnds(entry.previous, entry.next == null ? maxAddress : entry.next.start);
        }
    }

    private void balanceRemoved(VmMapEntry hole, VmMapEntry aboveHole) {
        VmMapEntry node = hole;
        VmMapEntry parent = aboveHole;
        while (node != root && !red(node)) {
            boolean left = node == parent.left;
            VmMapEntry sibling = child(parent, !left);
            if (red(sibling)) {
                sibling.red = false;
                parent.red = true;
                rotate(parent, left);
                sibling = child(parent, !left);
            }
            if (!red(sibling.left) && !red(sibling.right)) {
                sibling.red = true;
                node = parent;
                parent = node.parent;
            } else {
                if (!red(child(sibling, !left))) {
                    child(sibling, left).red = false;
                    sibling.red = true;
                    rotate(sibling, !left);
                    sibling = child(parent, !left);
                }
                sibling.red = parent.red;
                parent.red = false;
                child(sibling, !left).red = false;
                rotate(parent, left);
                node = root;
            }
        }
        if (node != null) {
            node.red = false;
        }
    }

    @Override
    public void moveStart(VmMapEntry entry, long newStart) {
        if (entry.previous != null) {
            gapEnds(entry.previous, newStart);
        }
    }

    @Override
    public void gapChanged(VmMapEntry entry) {
        gapEnds(entry, entry.next == null ? maxAddress : entry.next.start);
    }

    private static void gapEnds(VmMapEntry entry, long gapEnd) {
        entry.gap = gapEnd - entry.end;
        widenUp(entry);
    }

    @Override
    public VmMapEntry nextGap(VmMapEntry entry, long length) {
        if (wide(entry.right, length)) {
            return lowest(entry.right, length);
        }
        VmMapEntry node = entry;
        while (node.parent != null) {
            VmMapEntry parent = node.parent;
            if (node == parent.left) {
                if (parent.gap >= length) {
                    return parent;
                }
                if (wide(parent.right, length)) {
                    return lowest(parent.right, length);
                }
            }
            node = parent;
        }
        return null;
    }

    private static boolean wide(VmMapEntry node, long length) {
        return node != null && node.widestGap >= length;
    }

    private static VmMapEntry lowest(VmMapEntry top, long length) {
        VmMapEntry node = top;
        while (true) {
            if (wide(node.left, length)) {
                node = node.left;
            } else if (node.gap >= length) {
                return node;
            } else {
                node = node.right;
            }
        }
    }

    private static void widenUp(VmMapEntry from) {
        for (VmMapEntry node = from; node != null; node = node.parent) {
            widen(node);
        }
    }

    private static void widen(VmMapEntry node) {
        long widest = node.gap;
        if (node.left != null) {
            widest = Math.max(widest, node.left.widestGap);
        }
        if (node.right != null) {
            widest = Math.max(widest, node.right.widestGap);
        }
        node.widestGap = widest;
    }

    private static boolean red(VmMapEntry node) {
        return node != null && node.red;
    }

    private static VmMapEntry child(VmMapEntry node, boolean left) {
        return left ? node.left : node.right;
    }

    private static void setChild(VmMapEntry node, boolean left, VmMapEntry child) {
        if (left) {
            node.left = child;
        } else {
            node.right = child;
        }
    }

    private void replace(VmMapEntry old, VmMapEntry next) {
        VmMapEntry parent = old.parent;
        if (parent == null) {
            root = next;
        } else {
            setChild(parent, old == parent.left, next);
        }
        if (next != null) {
            next.parent = parent;
        }
    }

    /** Moves a node down to the side given; its child on the other side takes its place. */
    private void rotate(VmMapEntry node, boolean left) {
        VmMapEntry rising = child(node, !left);
        VmMapEntry crossing = child(rising, left);
        replace(node, rising);
        setChild(node, !left, crossing);
        if (crossing != null) {
            crossing.parent = node;
        }
        setChild(rising, left, node);
        node.parent = rising;
        widen(node);
        widen(rising);
    }
}
