// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.util.HashMap;
import java.util.Map;

/** The files of one kernel that no store of the host is behind: devices and FIFOs. */
final class SpecialFiles {
    /** 640 by 480 pixels of four bytes. */
    static final long FRAME_BUFFER_BYTES = 640 * 480 * 4;

    private static final String ZERO = "/dev/zero";
    private static final String FRAME_BUFFER = "/dev/fb0";

    private final VmFiles files;
    /** FIFOs by the host path that their name stands for; only looked up. */
    private final Map<Object, Vnode> fifos = new HashMap<>();
    private Vnode frameBuffer;

    SpecialFiles(VmFiles files) {
        this.files = files;
    }

    /** The device of a path, or null. */
    Vnode device(String path) {
        return switch (path) {
            case ZERO -> new Vnode(files, ZERO, VnodeType.ZERO_DEVICE, ZERO, null, 0);
            case FRAME_BUFFER -> {
                if (frameBuffer == null) {
                    frameBuffer = new Vnode(files, FRAME_BUFFER, VnodeType.FRAME_BUFFER, FRAME_BUFFER, null,
                            FRAME_BUFFER_BYTES);
                }
                yield frameBuffer;
            }
            default -> null;
        };
    }

    /** The FIFO of a host path, or null. */
    Vnode fifo(Object key) {
        return fifos.get(key);
    }

    void makeFifo(Object key, String name) {
        fifos.put(key, new Vnode(files, name, key, new Pipe()));
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
