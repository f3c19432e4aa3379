// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.lwp.revision.ParkRequest;
import kernel.lwp.revision.WaitScan;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import machine.core.engine.KernelPanic;

/**
 * Holds the parked LWPs while the slot is vacant and the kernel stands still; nothing else may be asked of it.
 */
final class VacantRevision implements LwpRevision {
    private final SyncObject park = new SyncObject("lwp_park", SyncObject.Order.NULL, true, false);
    private final Generation generation;
    private final boolean embryosCount;

    VacantRevision(LwpRevision before) {
        generation = before == null ? Generation.V2020 : before.generation();
        embryosCount = before == null || before.countsEmbryos();
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @Override
    public void attach(LwpRevisionHost host) {
        // It needs nothing.
    }

    @Override
    public boolean provides(String call) {
        return false;
    }

    @Override
    public int allocateLid(Proc p) {
        return 0;
    }

    @Override
    public boolean validatesContext() {
        return false;
    }

    @Override
    public int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current) {
        throw vacant();
    }

    @Override
    public boolean limitsThreads() {
        return false;
    }

    @Override
    public boolean countsEmbryos() {
        return embryosCount;
    }

    @Override
    public void start(Lwp creator, Lwp child, int flags) {
        throw vacant();
    }

    @Override
    public int scan(WaitScan scan) {
        throw vacant();
    }

    @Override
    public SyncObject parkObject() {
        return park;
    }

    @Override
    public int parkTimeout(ParkRequest request) {
        throw vacant();
    }

    @Override
    public SleepQueue parkQueue(Proc p, long hint) {
        return null;
    }

    @Override
    public long parkChannel(Lwp l, long hint) {
        return l.channel();
    }

    @Override
    public int unpark(Proc p, int lid, long hint, boolean locked) {
        throw vacant();
    }

    @Override
    public long nameBytes(long callerBytes) {
        throw vacant();
    }

    @Override
    public void exportParked(Lwp l) {
        // There is no queue to leave.
    }

    @Override
    public void importParked(Lwp l) {
        // There is no queue to join.
    }

    @Override
    public void check(List<String> broken) {
        // There is no queue to check.
    }

    private static KernelPanic vacant() {
        return new KernelPanic("slot rule: an LWP ran while the slot lwp was vacant");
    }
}
