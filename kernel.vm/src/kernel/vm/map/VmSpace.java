// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import java.util.BitSet;
import java.util.Objects;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An address space: a map, its translations, and where text, data and stack of the process are.
 *
 * <p>{@link VmSpaces} makes it with one reference; each process that shares it has one more. Models
 * {@code struct vmspace} of FreeBSD {@code sys/vm/vm_map.h} 1.118.
 */
@ProviderType
public final class VmSpace {
    private final VmSpaces spaces;
    private final int id;
    private final VmMap map;
    private final BitSet active = new BitSet();
    private final SpaceUsage usage = new SpaceUsage();
    private Pmap pmap;
    private int references = 1;
    private SpaceLimits limits = SpaceLimits.NONE;
    private long textAddress;
    private long dataAddress;
    private long stackBottom = Long.MAX_VALUE;
    private long stackBytes;
    private int stackProtection = VmProt.READ | VmProt.WRITE;

    private boolean wireFuture;

    VmSpace next;
    VmSpace previous;

    VmSpace(VmSpaces spaces, int id, VmMap map) {
        this.spaces = spaces;
        this.id = id;
        this.map = map;
        pmap = map.pmap();
    }

    /** A number that names this space in listings. */
    public int id() {
        return id;
    }

    /** What is mapped in it. */
    public VmMap map() {
        return map;
    }

    /** The translations; another one after a machine swap. */
    public Pmap pmap() {
        return pmap;
    }

    /** What it has cost so far. */
    public SpaceUsage usage() {
        return usage;
    }

    /** Replaces the translations: a machine swap did it, at a safe point. */
    void replace(Pmap next, VmLimits limitsOfMachine) {
        pmap = Objects.requireNonNull(next, "pmap");
        map.replace(next, limitsOfMachine);
    }

    /** How many processes share the space ({@code vm_refcnt}). */
    public int references() {
        return references;
    }

    /** How many pages it has on the swap device, as far as they can be told from those of others ({@code vmspace_swap_count}). */
    public long swapPages() {
        long count = 0;
        for (VmMapEntry entry = map.first(); entry != null; entry = entry.next()) {
            VmObject object = entry.object();
            if (object != null && object.swapBlocks() != 0) {
                count += object.swapBlocks() * entry.sizePages() / object.sizePages() + 1;
            }
        }
        return count;
    }

    /** One more process shares the space. */
    public void reference() {
        references++;
    }

    /**
     * A process leaves the space; the last one unmaps everything and frees the translations.
     *
     * <p>No CPU may have the space active then. May block for the map lock.
     */
    public void free() {
        if (references <= 0) {
            throw new KernelPanic("vmspace_free: space " + id + " has no reference");
        }
        if (--references == 0) {
            pmap.removePages();
            MapRemove.remove(map, map.limits().minAddress(), map.limits().maxAddress());
            pmap.release();
            spaces.forget(this);
        }
    }

    /** Makes this the space of a CPU; called at each switch to one of its tasks, and when the shell wants to peek. */
    public void activate(Cpu cpu) {
        active.set(cpu.id());
        pmap.activate(cpu);
    }

    /** The CPU keeps the space for now, though nothing on it uses it; {@link #resume} ends that. */
    public void rest(Cpu cpu) {
        pmap.rest(cpu);
    }

    /** Ends {@link #rest}. */
    public void resume(Cpu cpu) {
        pmap.activate(cpu);
    }

    /** Ends {@link #activate}. */
    public void deactivate(Cpu cpu) {
        active.clear(cpu.id());
        pmap.deactivate(cpu);
    }

    /** A machine swap begins: no CPU uses the old translations any more. */
    public void leaveCpus(Engine engine) {
        for (int id = active.nextSetBit(0); id >= 0; id = active.nextSetBit(id + 1)) {
            pmap.deactivate(engine.cpu(id));
        }
    }

    /** A machine swap ends: the CPUs that had this space load its new translations. */
    public void enterCpus(Engine engine) {
        for (int id = active.nextSetBit(0); id >= 0; id = active.nextSetBit(id + 1)) {
            pmap.activate(engine.cpu(id));
        }
    }

    /** Whether mappings made from now on are locked ({@code MAP_WIREFUTURE}); not inherited. */
    public boolean wireFuture() {
        return wireFuture;
    }

    /** Sets {@link #wireFuture()}. */
    public void wireFuture(boolean on) {
        wireFuture = on;
    }

    /**
     * Locks a range into memory for its user; may block.
     *
     * @param holes whether unmapped parts are skipped
     * @return a {@link kernel.vm.pmap.KernResult}
     */
    public int wire(long start, long end, boolean holes) {
        return MapWire.wire(map, start, end, holes, spaces.wirer());
    }

    /** Ends the user's locking of a range; may block. */
    public int unwire(long start, long end, boolean holes) {
        return MapWire.unwire(map, start, end, holes);
    }

    /**
     * Sets the protection of a range.
     *
     * @return SUCCESS, PROTECTION_FAILURE, or RESOURCE_SHORTAGE when a locked page cannot be copied
     */
    public int protect(long start, long end, int protection) {
        return MapProtect.protect(map, start, end, protection, MapProtect.KEEP_MAX, spaces.wirer());
    }

    /** Sets the protection of a range and the greatest one it can have from now on; results as above. */
    public int protect(long start, long end, int protection, int maxProtection) {
        return MapProtect.protect(map, start, end, protection, maxProtection, spaces.wirer());
    }

    /** Whether so many more bytes may be mapped while {@link #wireFuture()} is on, as far as the profile asks. */
    public boolean mayLockMore(long bytes) {
        VmContext context = map.context();
        if (!wireFuture || context.profile().has(Quirk.FUTURE_LOCKING_UNLIMITED)) {
            return true;
        }
        long locked = (long) pmap.wiredCount() << PagePool.PAGE_SHIFT;
        long pages = bytes >> PagePool.PAGE_SHIFT;
        return locked + bytes <= limits.lockLimitBytes()
                && context.pages().wired() + pages <= context.tunables().maxWired();
    }

    /** How many pages of a range its user has locked. */
    public long lockedPages(long start, long end) {
        map.lockRead();
        long bytes = 0;
        VmMapEntry entry = map.lookupOrNext(start);
        while (entry != null && entry.start < end) {
            if (entry.has(EntryFlags.USER_WIRED)) {
                bytes += Math.min(end, entry.end) - Math.max(start, entry.start);
            }
            entry = entry.next;
        }
        map.unlockRead();
        return bytes >> PagePool.PAGE_SHIFT;
    }

    /** The limits of the process that growing stacks obey. */
    public SpaceLimits limits() {
        return limits;
    }

    /** Replaces the limits. */
    public void limits(SpaceLimits next) {
        limits = Objects.requireNonNull(next, "limits");
    }

    /** Where the program text starts ({@code vm_taddr}). */
    public long textAddress() {
        return textAddress;
    }

    /** Where the data segment starts ({@code vm_daddr}): mmap puts mappings behind the largest possible heap. */
    public long dataAddress() {
        return dataAddress;
    }

    /** Where mappings go that name no address: behind the largest possible heap. */
    public long heapEnd() {
        return map.limits().roundPage(dataAddress + limits.heapLimitBytes());
    }

    /** Says where text and data are. */
    public void segments(long text, long data) {
        textAddress = text;
        dataAddress = data;
    }

    /** The lowest address that the main stack may ever reach ({@code vm_maxsaddr}). */
    public long stackBottom() {
        return stackBottom;
    }

    /** How much of the main stack is mapped. */
    public long stackBytes() {
        return stackBytes;
    }

    /** The protection that a growing stack gets. */
    public int stackProtection() {
        return stackProtection;
    }

    /** Describes the main stack. */
    public void stack(long bottom, long mappedBytes, int protection) {
        stackBottom = bottom;
        stackBytes = mappedBytes;
        stackProtection = protection;
    }

    void stackGrew(long bytes) {
        stackBytes += bytes;
    }

    void copyLayout(VmSpace parent) {
        segments(parent.textAddress, parent.dataAddress);
        stack(parent.stackBottom, parent.stackBytes, parent.stackProtection);
        limits = parent.limits;
    }

    /** The space made after this one, or null. */
    public VmSpace next() {
        return next;
    }
}
