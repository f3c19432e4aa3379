// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.object.PageRead;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;

/** What one fault knows while it is handled; kept for the next fault. */
final class FaultState {
    VmMap map;
    VmMapEntry entry;
    long address;
    /** The access that is to be satisfied; the whole protection of a wired entry. */
    int access;
    /** What the new mapping may grant. */
    int protection;
    boolean wired;
    /** Whether it had to read. */
    boolean major;

    VmObject firstObject;
    long firstIndex;
    /** Where the page was found. */
    VmObject object;
    VmPage page;
    /** A page of the first object that waits to be filled, or null. */
    VmPage placeholder;

    /** A page that this fault has read and still keeps busy, so that it does not go away before it is mapped; or null. */
    VmPage held;
    /** The page in transit that the fault has to wait for. */
    VmPage awaited;
    /** The read that the fault has to wait for. */
    PageRead read;

    FaultState nextSpare;

    void clear() {
        major = false;
        map = null;
        entry = null;
        firstObject = null;
        object = null;
        page = null;
        placeholder = null;
        held = null;
        awaited = null;
        read = null;
    }
}
