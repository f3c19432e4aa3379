// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import java.util.Objects;
import kernel.vm.fault.FaultSignal;
import kernel.vm.fault.VmFault;
import kernel.vm.map.VmSpace;
import kernel.vm.object.SignalPersonality;
import kernel.vm.object.VmContext;
import kernel.vm.page.VmCounter;
import kernel.vm.pmap.KernResult;
import machine.core.cost.Cost;
import machine.core.engine.Engine;
import machine.core.mmu.Mmu;
import machine.core.watchdog.EvictionReport;

/** Translates the user addresses of one LWP, lets faults be handled, and remembers the one that could not. */
abstract class UserTranslation {
    /** Result of a misaligned access across a page that cannot be atomic. */
    private static final int MISALIGNED = -1;
    /** Another CPU may take a new mapping away again, but not for ever. */
    private static final int MAX_ATTEMPTS = 10_000;

    private final VmContext context;
    private final VmFault faults;
    private final Engine engine;
    private VmSpace space;
    private int faultResult;
    private long faultAddress;

    UserTranslation(VmContext context, VmFault faults, VmSpace space) {
        this.context = Objects.requireNonNull(context, "context");
        this.faults = Objects.requireNonNull(faults, "faults");
        this.space = Objects.requireNonNull(space, "space");
        engine = context.engine();
    }

    /** Follows the process into another space (exec). */
    public final void space(VmSpace next) {
        space = Objects.requireNonNull(next, "space");
    }

    /** The physical address, after faults were handled; negative when the access failed for good. */
    final long translate(long address, int access) {
        long pa = engine.current().mmu().translate(address, access);
        return pa != Mmu.FAULT ? pa : translateFaulting(address, access);
    }

    /** Apart from {@link #translate}, which is small enough to be inlined everywhere. */
    private long translateFaulting(long address, int access) {
        int attempts = 0;
        while (resolve(address, access)) {
            long pa = engine.current().mmu().translate(address, access);
            if (pa != Mmu.FAULT) {
                return pa;
            }
            if (++attempts == MAX_ATTEMPTS) {
                attempts = 0;
                context.machineFailed(EvictionReport.Kind.LOST, "enter", "it took " + MAX_ATTEMPTS
                        + " mappings of 0x" + Long.toHexString(address) + ", but still refuses access " + access);
            }
        }
        return Mmu.FAULT;
    }

    private boolean resolve(long address, int access) {
        if (space.pmap().softFault(address, access)) {
            context.counters().count(VmCounter.SOFT_FAULTS);
            context.charge(Cost.SOFT_FAULT);
            return true;
        }
        int result = faults.fault(space, address, access);
        if (result == KernResult.SUCCESS) {
            return true;
        }
        fail(address, result);
        return false;
    }

    private void fail(long address, int result) {
        faultAddress = address;
        faultResult = result;
    }

    /** An access that cannot be atomic failed. */
    final long misaligned(long address) {
        fail(address, MISALIGNED);
        return Mmu.FAULT;
    }

    /**
     * Waits until there may be free frames, as a fault does; for calls that need one. May block.
     *
     * @param before how often the call has waited
     * @return false if it makes no sense to try again
     */
    public final boolean awaitFrames(int before) {
        return faults.awaitFrames(space.map(), before);
    }

    /** The signal that user mode gets for the last failed access: SIGSEGV 11, SIGBUS 10, or SIGKILL 9. */
    public final int faultSignal() {
        return faultResult == MISALIGNED ? FaultSignal.SIGBUS : FaultSignal.signal(faultResult, personality());
    }

    /** The {@code si_code} for it. */
    public final int faultCode() {
        return faultResult == MISALIGNED ? FaultSignal.BUS_ADRALN : FaultSignal.code(faultResult, personality());
    }

    private SignalPersonality personality() {
        return context.signals();
    }

    /** The address of the last failed access. */
    public final long faultAddress() {
        return faultAddress;
    }
}
