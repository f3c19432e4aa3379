// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/**
 * The index of the original: a splay tree by start address, each node with the widest gap of its subtree.
 *
 * <p>Every lookup moves what it finds to the root, so that a lookup near the last one is short, and any sequence of
 * operations takes logarithmic time on average. Models the tree of FreeBSD {@code sys/vm/vm_map.c} 1.373.
 */
final class SplayIndex implements EntryIndex {
    private long maxAddress;
    private VmMapEntry root;
    /** What the last walk down left behind on either side, lowest first; they point upwards until it is joined. */
    private VmMapEntry smaller;
    private VmMapEntry greater;

    SplayIndex(long maxAddress) {
        this.maxAddress = maxAddress;
    }

    @Override
    public void limit(long newMaxAddress) {
        maxAddress = newMaxAddress;
        if (root != null) {
            splay(Long.MAX_VALUE);
            gapBecomes(root, newMaxAddress);
        }
    }

    @Override
    public VmMapEntry floor(long address) {
        if (root == null) {
            return null;
        }
        splay(address);
        return root.start <= address ? root : root.previous;
    }

    @Override
    public void insert(VmMapEntry entry) {
        VmMapEntry old = root;
        entry.left = null;
        entry.right = null;
        if (old != null) {
            splay(entry.start);
            old = root;
            if (old.start < entry.start) {
                entry.left = old;
                entry.right = old.right;
                old.right = null;
            } else {
                entry.right = old;
                entry.left = old.left;
                old.left = null;
            }
            widen(old);
        }
        root = entry;
        gapChanged(entry);
        if (entry.previous != null) {
            splay(entry.previous.start);
            gapBecomes(entry.previous, entry.start);
        }
    }

    @Override
    public void remove(VmMapEntry entry) {
        splay(entry.start);
        VmMapEntry rest = entry.right;
        if (entry.left == null) {
            root = rest;
        } else {
            root = entry.left;
            splay(entry.start);
            root.right = rest;
            gapBecomes(root, entry.next == null ? maxAddress : entry.next.start);
        }
        entry.left = null;
        entry.right = null;
    }

    @Override
    public void moveStart(VmMapEntry entry, long newStart) {
        if (entry.previous != null) {
            splay(entry.previous.start);
            gapBecomes(entry.previous, newStart);
        }
    }

    @Override
    public void gapChanged(VmMapEntry entry) {
        splay(entry.start);
        gapBecomes(entry, entry.next == null ? maxAddress : entry.next.start);
    }

    /** The root's gap ends here now. */
    private static void gapBecomes(VmMapEntry entry, long gapEnd) {
        entry.gap = gapEnd - entry.end;
        widen(entry);
    }

    @Override
    public VmMapEntry nextGap(VmMapEntry entry, long length) {
        splay(entry.start);
        VmMapEntry node = root.right;
        if (node == null || node.widestGap < length) {
            return null;
        }
        while (true) {
            if (node.left != null && node.left.widestGap >= length) {
                node = node.left;
            } else if (node.gap >= length) {
                splay(node.start);
                return node;
            } else {
                node = node.right;
            }
        }
    }

    private static void widen(VmMapEntry entry) {
        long widest = entry.gap;
        if (entry.left != null) {
            widest = Math.max(widest, entry.left.widestGap);
        }
        if (entry.right != null) {
            widest = Math.max(widest, entry.right.widestGap);
        }
        entry.widestGap = widest;
    }

    /** Makes the entry at an address the root, or one of the two that it lies between. */
    private void splay(long address) {
        smaller = null;
        greater = null;
        boolean moved = true;
        while (moved) {
            moved = address < root.start ? stepLeft(address) : address > root.start && stepRight(address);
        }
        join();
    }

    private boolean stepLeft(long address) {
        VmMapEntry top = root;
        VmMapEntry child = top.left;
        if (child == null) {
            return false;
        }
        if (address < child.start && child.left != null) {
            top.left = child.right;
            child.right = top;
            widen(top);
            top = child;
            child = top.left;
        }
        top.left = greater;
        greater = top;
        root = child;
        return true;
    }

    private boolean stepRight(long address) {
        VmMapEntry top = root;
        VmMapEntry child = top.right;
        if (child == null) {
            return false;
        }
        if (address > child.start && child.right != null) {
            top.right = child.left;
            child.left = top;
            widen(top);
            top = child;
            child = top.right;
        }
        top.right = smaller;
        smaller = top;
        root = child;
        return true;
    }

    /** Hangs what was left behind below the root again, from the bottom up. */
    private void join() {
        VmMapEntry low = root.left;
        while (smaller != null) {
            VmMapEntry above = smaller.right;
            smaller.right = low;
            widen(smaller);
            low = smaller;
            smaller = above;
        }
        VmMapEntry high = root.right;
        while (greater != null) {
            VmMapEntry above = greater.left;
            greater.left = high;
            widen(greater);
            high = greater;
            greater = above;
        }
        root.left = low;
        root.right = high;
        widen(root);
    }
}
