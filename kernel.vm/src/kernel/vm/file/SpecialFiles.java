// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.util.HashMap;
import java.util.Map;

/** The files of one kernel that no store of the host is behind: devices and FIFOs. */
final class SpecialFiles {
    private static final String ZERO = "/dev/zero";

    private final VmFiles files;
    /** FIFOs by the host path that their name stands for; only looked up. */
    private final Map<Object, Vnode> fifos = new HashMap<>();
    /** Devices with memory by path; only looked up. */
    private final Map<String, Vnode> devices = new HashMap<>();

    SpecialFiles(VmFiles files) {
        this.files = files;
        add(new FrameBuffer(files.context().engine().memory()));
    }

    /** Adds a device; false if its path is taken. */
    boolean add(CharacterDevice device) {
        return !device.name().equals(ZERO) && devices.putIfAbsent(device.name(), new Vnode(files, device)) == null;
    }

    /** The device of a path, or null. */
    Vnode device(String path) {
        return path.equals(ZERO) ? new Vnode(files, ZERO, VnodeType.ZERO_DEVICE, ZERO, null, 0) : devices.get(path);
    }

    /** The FIFO of a host path, or null. */
    Vnode fifo(Object key) {
        return fifos.get(key);
    }

    void makeFifo(Object key, String name) {
        fifos.put(key, new Vnode(files, name, key, new Pipe(files.context().waits())));
    }

    /** Takes the name of a FIFO away; false if there is none. */
    boolean removeFifo(Object key) {
        Vnode fifo = fifos.remove(key);
        if (fifo != null) {
            fifo.unlinked();
        }
        return fifo != null;
    }
}
