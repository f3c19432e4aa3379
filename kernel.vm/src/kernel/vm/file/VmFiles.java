// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import kernel.sched.errno.Errno;
import kernel.vm.object.VmContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files of one kernel: regular host files below one root, named memory files, devices, FIFOs.
 *
 * <p>Results are errno values; the opened file is left in {@link #opened()}. What the host says about times and
 * owners is never looked at, so that a run does not depend on it.
 */
@ProviderType
public final class VmFiles {
    /** How many descriptors a process can have. */
    public static final int MAX_DESCRIPTORS = 1024;

    private static final String MEMORY_PREFIX = "shm:";

    private final VmContext context;
    private final PathRules rules;
    /** Active vnodes; only looked up, never iterated, so its order does not matter. */
    private final Map<Object, Vnode> active = new HashMap<>();
    /** Flags of host files that have any, also while nobody uses them; only looked up. */
    private final Map<Object, Integer> systemFlags = new HashMap<>();
    private final SpecialFiles special;
    private OpenFile opened;
    private int mountFlags;
    private int writers;

    /** Files below {@code root}; null for none (memory files only). */
    public VmFiles(VmContext context, Path root) {
        this.context = Objects.requireNonNull(context, "context");
        rules = root == null ? null : new PathRules(root);
        special = new SpecialFiles(this);
    }

    /**
     * Adds a device with memory for the life of the kernel.
     *
     * @throws IllegalArgumentException if there is one with its path
     */
    public void add(CharacterDevice device) {
        if (!special.add(device)) {
            throw new IllegalArgumentException("there is a device " + device.name() + " already");
        }
    }

    VmContext context() {
        return context;
    }

    /** A table without open files, for a new process. */
    public FileTable newTable() {
        return new FileTable(this, MAX_DESCRIPTORS);
    }

    /** The file that the last successful open made. */
    public OpenFile opened() {
        return opened;
    }

    /**
     * Opens a file below the root.
     *
     * @param flags {@link OpenFlags}
     * @return 0 and the file in {@link #opened()}, or an errno
     */
    public int open(String path, int flags) {
        Vnode device = special.device(path);
        if (device != null) {
            return openSpecial(device, flags);
        }
        if (rules == null) {
            return Errno.ENOENT;
        }
        int error = rules.resolve(path);
        if (error != 0) {
            return error;
        }
        try {
            return openHost(rules.resolved(), flags);
        } catch (AccessDeniedException e) {
            return Errno.EACCES;
        } catch (NoSuchFileException e) {
            return Errno.ENOENT;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    private int openHost(Path host, int flags) throws IOException {
        boolean exists = Files.exists(host);
        if (readOnly() && (OpenFlags.writes(flags) || !exists && (flags & OpenFlags.CREATE) != 0)) {
            return Errno.EROFS;
        }
        Vnode fifo = special.fifo(host);
        if (fifo != null) {
            return openSpecial(fifo, flags);
        }
        if (exists && OpenFlags.exclusiveCreate(flags)) {
            return Errno.EEXIST;
        }
        if (!exists) {
            if ((flags & OpenFlags.CREATE) == 0) {
                return Errno.ENOENT;
            }
            Files.createFile(host);
        }
        if (Files.isDirectory(host)) {
            return openDirectory(host, flags);
        }
        if (!Files.isRegularFile(host)) {
            return Errno.EACCES;
        }
        Vnode vnode = active.get(host);
        if (vnode == null) {
            vnode = new Vnode(this, rules.inside(host), VnodeType.REGULAR, host, new HostStore(host), Files.size(host));
            vnode.systemFlags(systemFlags.getOrDefault(host, 0));
        }
        boolean used = false;
        try {
            int error = finishOpen(vnode, flags);
            used = error == 0;
            return error;
        } finally {
            if (!used) {
                vnode.notOpened();
            }
        }
    }

    private int openSpecial(Vnode vnode, int flags) {
        if (OpenFlags.exclusiveCreate(flags)) {
            return Errno.EEXIST;
        }
        opened = new OpenFile(vnode, OpenFlags.fileFlags(flags));
        return 0;
    }

    /**
     * Makes a pipe: the end to read from in {@link #opened()}, the other one as the result.
     *
     * @param flags {@link OpenFlags#NONBLOCK} or 0
     */
    public OpenFile openPipe(int flags) {
        Pipe pipe = new Pipe(context.waits());
        opened = new OpenFile(pipe, OpenFile.READ | flags);
        return new OpenFile(pipe, OpenFile.WRITE | flags);
    }

    /**
     * Waits until a FIFO that was just opened for one direction is open for the other one. May block.
     *
     * @return 0, ENXIO if a writer must not wait for a reader, EINTR or ERESTART; after an error the caller drops the file
     */
    public int awaitOtherEnd(OpenFile file) {
        boolean writing = file.has(OpenFile.WRITE);
        if (file.pipe() == null || writing && file.has(OpenFile.READ)) {
            return 0;
        }
        if (file.has(OpenFile.NONBLOCK)) {
            return writing && !file.pipe().hasReaders() ? Errno.ENXIO : 0;
        }
        return context.waits().canSleep() ? file.pipe().awaitOtherEnd(writing) : 0;
    }

    /** Makes a FIFO; it exists in this kernel only. */
    public int makeFifo(String path) {
        if (rules == null) {
            return Errno.ENOENT;
        }
        int error = rules.resolve(path);
        if (error != 0) {
            return error;
        }
        if (readOnly()) {
            return Errno.EROFS;
        }
        Path host = rules.resolved();
        if (Files.exists(host) || special.fifo(host) != null) {
            return Errno.EEXIST;
        }
        special.makeFifo(host, rules.inside(host));
        return 0;
    }

    /** How the root is mounted: {@link MountFlags}. */
    public int mountFlags() {
        return mountFlags;
    }

    /** Mounts the root in another way; EBUSY if that is read-only and a file of it is open for writing. */
    public int mount(int flags) {
        if ((flags & MountFlags.READ_ONLY) != 0 && writers > 0) {
            return Errno.EBUSY;
        }
        mountFlags = flags;
        return 0;
    }

    void writersChanged(int by) {
        writers += by;
    }

    private boolean readOnly() {
        return (mountFlags & MountFlags.READ_ONLY) != 0;
    }

    /** Makes a socket that is connected to nothing; {@link #opened()}. */
    public void openSocket() {
        opened = new OpenFile((Vnode) null, OpenFile.READ | OpenFile.WRITE);
    }

    private int openDirectory(Path host, int flags) {
        if (OpenFlags.writes(flags)) {
            return Errno.EISDIR;
        }
        Vnode vnode = new Vnode(this, rules.inside(host), VnodeType.DIRECTORY, host, null, 0);
        vnode.unlinked();
        opened = new OpenFile(vnode, OpenFlags.fileFlags(flags));
        return 0;
    }

    private int finishOpen(Vnode vnode, int flags) throws IOException {
        if (OpenFlags.writes(flags)) {
            boolean appends = (flags & OpenFlags.APPEND) != 0;
            if ((vnode.flags() & Vnode.IMMUTABLE) != 0 || (vnode.flags() & Vnode.APPEND_ONLY) != 0 && !appends) {
                return Errno.EPERM;
            }
            if (vnode.store() instanceof HostStore store) {
                store.needWritable();
            }
            if ((flags & OpenFlags.TRUNCATE) != 0) {
                vnode.resize(0);
            }
        }
        active.put(vnode.key(), vnode);
        opened = new OpenFile(vnode, OpenFlags.fileFlags(flags));
        return 0;
    }

    /** Opens or makes a memory file ({@code shm_open}). */
    public int openMemory(String name, int flags) {
        String key = MEMORY_PREFIX + name;
        Vnode vnode = active.get(key);
        if (vnode != null && OpenFlags.exclusiveCreate(flags)) {
            return Errno.EEXIST;
        }
        if (vnode == null) {
            if ((flags & OpenFlags.CREATE) == 0) {
                return Errno.ENOENT;
            }
            vnode = new Vnode(this, key, VnodeType.REGULAR, key, null, 0);
        }
        try {
            return finishOpen(vnode, flags | OpenFlags.SHARED_MEMORY);
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** Takes a name away from a host file; it lives on while it is open or mapped. */
    public int unlink(String path) {
        if (rules == null) {
            return Errno.ENOENT;
        }
        int error = rules.resolve(path);
        if (error != 0) {
            return error;
        }
        Path host = rules.resolved();
        if (readOnly()) {
            return Errno.EROFS;
        }
        if (special.removeFifo(host)) {
            return 0;
        }
        if (Files.isDirectory(host)) {
            return Errno.EPERM;
        }
        if (FileFlags.undeletable(systemFlags.getOrDefault(host, 0))) {
            return Errno.EPERM;
        }
        try {
            Files.delete(host);
        } catch (NoSuchFileException e) {
            return Errno.ENOENT;
        } catch (IOException e) {
            return Errno.EACCES;
        }
        systemFlags.remove(host);
        removeName(host);
        return 0;
    }

    /** Sets the flags of a host file ({@code chflags}); they last as long as the kernel and the name. */
    public int changeFlags(String path, int flags) {
        if (rules == null) {
            return Errno.ENOENT;
        }
        int error = rules.resolve(path);
        if (error != 0) {
            return error;
        }
        Path host = rules.resolved();
        if (!Files.exists(host)) {
            return Errno.ENOENT;
        }
        if (readOnly()) {
            return Errno.EROFS;
        }
        systemFlags.put(host, flags);
        Vnode vnode = active.get(host);
        if (vnode != null) {
            vnode.systemFlags(flags);
        }
        return 0;
    }

    /** Sets the flags of an open file ({@code fchflags}). */
    public void changeFlags(Vnode vnode, int flags) {
        vnode.systemFlags(flags);
        if (vnode.store() != null && vnode.links() > 0) {
            systemFlags.put(vnode.key(), flags);
        }
    }

    /** Takes the name away from a memory file ({@code shm_unlink}). */
    public int unlinkMemory(String name) {
        return removeName(MEMORY_PREFIX + name) ? 0 : Errno.ENOENT;
    }

    private boolean removeName(Object key) {
        Vnode vnode = active.remove(key);
        if (vnode != null) {
            vnode.unlinked();
        }
        return vnode != null;
    }

    /** Forgets a vnode that nobody uses; another one may have its name by now. */
    void forget(Vnode vnode) {
        active.remove(vnode.key(), vnode);
    }
}
