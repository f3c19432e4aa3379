// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.vm.page.MemoryAttribute;
import kernel.vm.page.PagePool;
import machine.core.memory.PhysicalMemory;

/** {@code /dev/fb0}: 640 by 480 pixels of four bytes, at the start of the memory of devices. */
final class FrameBuffer implements CharacterDevice {
    static final String NAME = "/dev/fb0";
    static final long BYTES = 640 * 480 * 4;

    private final long base;

    FrameBuffer(PhysicalMemory memory) {
        base = memory.size();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long sizeBytes() {
        return BYTES;
    }

    @Override
    public long mapPage(long offset, int prot) {
        return offset < 0 || offset > BYTES - PagePool.PAGE_SIZE ? REFUSED : base + offset;
    }

    @Override
    public MemoryAttribute attribute() {
        return MemoryAttribute.WRITE_COMBINING;
    }
}
