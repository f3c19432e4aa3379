// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.proc.Processes;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * The machine's signal frames with a guard around every call.
 *
 * <p>When the machine is evicted while a frame is made, the kernel sees that and makes another one; once the frame is in
 * memory, the successor says with which registers the handler starts.
 */
@Guard
final class FramesPort extends MachineCode implements SignalFrames {
    private static final int ALIGNMENT = 16;

    private final SignalFrames frames;
    private final Processes processes;
    private final int size;
    private final int infoOffset;
    private final int contextOffset;
    private final int redZoneBytes;

    FramesPort(SignalFrames frames, Processes processes, SlotGuard guard, VariantHandle mine) {
        super(guard, mine);
        this.frames = frames;
        this.processes = processes;
        size = frames.size();
        infoOffset = frames.infoOffset();
        contextOffset = frames.contextOffset();
        redZoneBytes = frames.redZoneBytes();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int infoOffset() {
        return infoOffset;
    }

    @Override
    public int contextOffset() {
        return contextOffset;
    }

    @Override
    public int redZoneBytes() {
        return redZoneBytes;
    }

    @Override
    public long place(long top) {
        int outer = guard.enter();
        try {
            long address = frames.place(top);
            guard.exit(outer);
            return address;
        } catch (Throwable e) {
            threw("place", outer, e);
            return top - size & -ALIGNMENT;
        }
    }

    @Override
    public void link(SignalFrame frame, byte[] bytes) {
        int outer = guard.enter();
        try {
            frames.link(frame, bytes);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("link", outer, e);
        }
    }

    @Override
    public void enter(SignalFrame frame, UserRegisters registers) {
        int outer = guard.enter();
        try {
            frames.enter(frame, registers);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("enter", outer, e);
            processes.machine().signalFrames().enter(frame, registers);
        }
    }
}
