// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import kernel.vm.object.ObjectType;
import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file that is open or mapped: its size, its pages and the store behind them.
 *
 * <p>The size kept here is the truth; a change of the host file from outside is only seen when the vnode is made
 * again, after the last close and unmapping. Files without a store live in memory. Engine thread only; the calls
 * that use it hold no map lock.
 */
@ProviderType
public final class Vnode {
    /** Flag: cannot be changed ({@code UF_IMMUTABLE} or {@code SF_IMMUTABLE}). */
    public static final int IMMUTABLE = 1;
    /** Flag: can only be appended to. */
    public static final int APPEND_ONLY = 2;
    /** Flag: a file-system snapshot. */
    public static final int SNAPSHOT = 4;
    /** Flag: on a file system from which nothing may be executed ({@code MNT_NOEXEC}). */
    public static final int NOEXEC = 8;

    private final VmContext context;
    private final VmFiles files;
    private final String name;
    private final VnodeType type;
    private final Store store;
    private final Object key;
    private final Pipe pipe;
    private final CharacterDevice device;
    private VmObject object;
    private long sizeBytes;
    private int flags;
    private int systemFlags;
    private int links = 1;
    private int opens;
    private boolean mapped;

    Vnode(VmFiles files, String name, VnodeType type, Object key, Store store, long sizeBytes) {
        this(files, name, type, key, store, null, null);
        this.sizeBytes = sizeBytes;
    }

    /** A FIFO. */
    Vnode(VmFiles files, String name, Object key, Pipe pipe) {
        this(files, name, VnodeType.FIFO, key, null, pipe, null);
    }

    /** A device with memory. */
    Vnode(VmFiles files, CharacterDevice device) {
        this(files, device.name(), VnodeType.DEVICE, device.name(), null, null, device);
        sizeBytes = device.sizeBytes();
    }

    private Vnode(
            VmFiles files, String name, VnodeType type, Object key, Store store, Pipe pipe, CharacterDevice device) {
        this.files = files;
        this.context = files.context();
        this.name = name;
        this.type = type;
        this.key = key;
        this.store = store;
        this.pipe = pipe;
        this.device = device;
    }

    /** The path below the root, or the name of a memory file. */
    public String name() {
        return name;
    }

    /** What kind of file it is. */
    public VnodeType type() {
        return type;
    }

    /** Whether it is a character device. */
    public boolean isDevice() {
        return type == VnodeType.ZERO_DEVICE || type == VnodeType.DEVICE;
    }

    /** What the bytes of a FIFO go through, or null. */
    Pipe pipe() {
        return pipe;
    }

    /** The driver of a device with memory, or null. */
    public CharacterDevice device() {
        return device;
    }

    /** Whether it is on the mounted root. */
    private boolean mounted() {
        return store != null || type == VnodeType.DIRECTORY || type == VnodeType.FIFO;
    }

    /** What identifies the file among the active ones. */
    Object key() {
        return key;
    }

    Store store() {
        return store;
    }

    /** Its length in bytes; 0 for what has none. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** {@link #IMMUTABLE}, {@link #APPEND_ONLY}, {@link #SNAPSHOT}, {@link #NOEXEC}. */
    public int flags() {
        boolean noExecution = mounted() && (files.mountFlags() & MountFlags.NO_EXEC) != 0;
        return noExecution ? flags | NOEXEC : flags;
    }

    /** The flags of chflags(2), {@link FileFlags}. */
    public int systemFlags() {
        return systemFlags;
    }

    void systemFlags(int bits) {
        systemFlags = bits;
        flags = flags & ~(IMMUTABLE | APPEND_ONLY) | FileFlags.vnodeFlags(bits);
    }

    /** Replaces the flags. */
    public void flags(int bits) {
        flags = bits;
    }

    /** How many names the file has: 1, or 0 after unlink. */
    public int links() {
        return links;
    }

    /** The pages of the file, or null if it was never mapped. */
    public VmObject object() {
        return object;
    }

    /** The object for a mapping, made if there is none yet; the mapping adds its own reference. */
    public VmObject mappableObject() {
        if (object == null) {
            object = newObject();
        }
        return object;
    }

    private VmObject newObject() {
        if (device != null) {
            return context.objects().paged(ObjectType.DEVICE, new DevicePager(context, this), 0);
        }
        if (store != null) {
            return context.objects().paged(ObjectType.VNODE, new VnodePager(context, this), pages(sizeBytes));
        }
        return context.tunables().physicalSharedMemory()
                ? context.objects().paged(ObjectType.PHYS, new PhysicalPager(context, this), pages(sizeBytes))
                : context.objects().paged(ObjectType.SWAP, new MemoryFilePager(context, this), pages(sizeBytes));
    }

    /**
     * Asks the driver for every page of a range and makes the device's object as large as it needs
     * ({@code dev_pager_alloc}).
     *
     * @return whether the driver lets all of it be mapped
     */
    public boolean growDevice(long offset, long bytes, int prot) {
        for (long at = 0; at < bytes; at += PagePool.PAGE_SIZE) {
            if (device.mapPage(offset + at, prot) == CharacterDevice.REFUSED) {
                return false;
            }
        }
        VmObject shared = mappableObject();
        context.objects().resize(shared, Math.max(shared.sizePages(), pages(offset + bytes)));
        return true;
    }

    private static long pages(long bytes) {
        return bytes + PagePool.PAGE_MASK >> PagePool.PAGE_SHIFT;
    }

    void opened(boolean writes) {
        opens++;
        if (writes && mounted()) {
            files.writersChanged(1);
        }
    }

    void closed(boolean writes) {
        opens--;
        if (writes && mounted()) {
            files.writersChanged(-1);
        }
        deactivateIfUnused();
    }

    /** An open failed: a vnode that was made for it goes again. */
    void notOpened() {
        deactivateIfUnused();
    }

    void mapped(boolean on) {
        mapped = on;
        deactivateIfUnused();
    }

    void unlinked() {
        links = 0;
        deactivateIfUnused();
    }

    /** Nobody uses the file any more: write what is modified, give the pages back, forget the file. */
    private void deactivateIfUnused() {
        if (device != null && !mapped) {
            dropObject();
        }
        if (opens > 0 || mapped || store == null && links > 0) {
            return;
        }
        files.forget(this);
        if (object != null && links > 0) {
            context.objects().ranges().cleanLater(object);
        }
        dropObject();
        closeStore();
    }

    private void dropObject() {
        VmObject last = object;
        object = null;
        if (last != null) {
            context.objects().terminate(last);
        }
    }

    private void closeStore() {
        if (store != null) {
            try {
                store.close();
            } catch (IOException e) {
                context.hazard("closing " + name + " failed: " + e.getMessage());
            }
        }
    }

    /**
     * Changes the size ({@code vnode_pager_setsize}): pages behind a smaller end go, the rest of the last one becomes
     * zero, and every mapping of it has to fault again.
     */
    void resize(long newBytes) throws IOException {
        if (store != null) {
            store.resize(newBytes);
        }
        setSize(newBytes);
    }

    private void setSize(long newBytes) {
        long oldBytes = sizeBytes;
        sizeBytes = newBytes;
        if (object == null) {
            return;
        }
        long newPages = pages(newBytes);
        context.objects().resize(object, newPages);
        if (newBytes < oldBytes) {
            context.objects().ranges().remove(object, newPages, pages(oldBytes), false);
            zeroTail(newBytes);
        }
    }

    private void zeroTail(long newBytes) {
        int tail = (int) (newBytes & PagePool.PAGE_MASK);
        VmPage page = tail == 0 ? null : context.pages().find(object, newBytes >> PagePool.PAGE_SHIFT);
        if (page != null && page.valid() != 0) {
            FilePages.changed(context, page);
            context.pmap().removeAll(page);
            context.engine().memory().zero(page.physicalAddress() + tail, PagePool.PAGE_SIZE - tail);
        }
    }

    /** A write ends behind the end of the file: it grows. */
    void extendTo(long endBytes) {
        if (endBytes > sizeBytes) {
            setSize(endBytes);
        }
    }

    /** Writes every modified page to the store and asks it to keep them; false if something failed. */
    boolean sync() {
        if (object != null
                && context.objects().ranges().clean(object, 0, object.sizePages(), false) != Pager.OK) {
            return false;
        }
        try {
            if (store != null) {
                store.sync();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
