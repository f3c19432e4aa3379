// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.Quirk;
import kernel.vm.object.VmObject;
import kernel.vm.object.VmObjects;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

/**
 * Copies a map for a child: {@code vmspace_fork} and {@code vm_map_copy_entry} of FreeBSD {@code sys/vm/vm_map.c}
 * 1.373, {@code vm_fault_copy_entry} for wired entries. The parent is write-locked; the child is not visible yet.
 */
final class MapFork {
    private final VmMap parent;
    private final VmMap child;
    private final VmObjects objects;
    private VmMapEntry lastOfChild;

    MapFork(VmMap parent, VmMap child) {
        this.parent = parent;
        this.child = child;
        objects = parent.context().objects();
    }

    /** Copies every entry; false when memory is short (what was copied stays in the child). */
    boolean copy() {
        parent.pmap().defer();
        boolean complete = copyEntries();
        parent.pmap().update();
        if (complete) {
            child.clusterEnd(parent.clusterEnd());
        }
        return complete;
    }

    private boolean copyEntries() {
        for (VmMapEntry entry = parent.first(); entry != null; entry = entry.next) {
            if (!copy(entry)) {
                return false;
            }
        }
        return true;
    }

    private boolean copy(VmMapEntry entry) {
        if (entry.inheritance == VmInherit.NONE) {
            return true;
        }
        if (entry.has(EntryFlags.GUARD)) {
            clone(entry, null, entry.offset);
            return true;
        }
        if (entry.inheritance == VmInherit.COPY) {
            return copyEntry(entry);
        }
        if (entry.inheritance == VmInherit.ZERO) {
            clone(entry, null, 0).clear(EntryFlags.COW | EntryFlags.NEEDS_COPY);
        } else {
            share(entry);
        }
        return true;
    }

    private void share(VmMapEntry entry) {
        parent.needObject(entry);
        VmObject object = entry.object;
        objects.reference(object);
        if (entry.has(EntryFlags.NEEDS_COPY)) {
            // Shadowed now, so that both sides write to the same copy.
            VmObject shadow = objects.chains().shadow(object, entry.offset, entry.sizePages());
            entry.object(shadow, 0);
            entry.clear(EntryFlags.NEEDS_COPY);
            objects.reference(shadow);
            objects.deallocate(object);
            object = shadow;
        }
        object.clearOneMapping();
        clone(entry, object, entry.offset);
        parent.pmap().copyTo(child.pmap(), entry.start, entry.end);
        if (entry.wiredCount != 0 && parent.context().profile().has(Quirk.FORK_COPIES_WIRED)) {
            parent.context().hazard("fork: the child's translations of the locked pages from 0x"
                    + Long.toHexString(entry.start) + " on would be wired without being counted; its count of wired "
                    + "pages would turn negative when they go");
        }
    }

    private VmMapEntry clone(VmMapEntry entry, VmObject object, long offset) {
        VmMapEntry copy = child.newEntry();
        copy.copyFrom(entry);
        copy.clear(EntryFlags.USER_WIRED);
        copy.wiredCount = 0;
        copy.object(object, offset);
        child.link(lastOfChild, copy);
        if (!copy.has(EntryFlags.GUARD)) {
            child.grew(copy.sizeBytes());
        }
        lastOfChild = copy;
        return copy;
    }

    private boolean copyEntry(VmMapEntry entry) {
        if (entry.wiredCount != 0) {
            return copyWired(entry);
        }
        if (!entry.has(EntryFlags.NEEDS_COPY)) {
            parent.pmap().protect(entry.start, entry.end, entry.protection & ~VmProt.WRITE);
        }
        VmObject object = entry.object;
        if (object == null) {
            clone(entry, null, 0);
            return true;
        }
        if (object.anonymous()) {
            objects.chains().collapse(object);
            if (object.oneMapping()) {
                splitOff(entry);
                object = entry.object;
            }
        }
        objects.reference(object);
        object.clearOneMapping();
        entry.set(EntryFlags.COW | EntryFlags.NEEDS_COPY);
        clone(entry, object, entry.offset);
        parent.pmap().copyTo(child.pmap(), entry.start, entry.end);
        return true;
    }

    private void splitOff(VmMapEntry entry) {
        VmObject part = objects.chains().split(entry.object, entry.offset, entry.sizePages());
        if (part != entry.object) {
            entry.object(part, 0);
        }
    }

    /** The parent's wired pages must never take a fault, so the child gets its own copy at once. */
    private boolean copyWired(VmMapEntry entry) {
        VmObject copy = objects.anonymous(entry.sizePages());
        VmMapEntry clone = clone(entry, copy, 0);
        clone.clear(EntryFlags.COW | EntryFlags.NEEDS_COPY);
        for (long va = entry.start; va < entry.end; va += PagePool.PAGE_SIZE) {
            VmPage source = objects.findInChain(entry.object, entry.indexOf(va));
            if (source != null && source.valid() != 0 && !copyPage(source, copy, clone.indexOf(va))) {
                return false;
            }
        }
        return true;
    }

    private boolean copyPage(VmPage source, VmObject target, long index) {
        VmPage page = parent.context().pages().allocate(target, index);
        if (page == null) {
            return false;
        }
        parent.context().pmap().copyPage(source, page);
        page.valid(VmPage.ALL);
        page.markDirty();
        page.busy(false);
        parent.context().pages().activate(page);
        return true;
    }
}
