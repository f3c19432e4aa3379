// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.Collection;
import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.lwp.revision.ParkRequest;
import kernel.lwp.revision.WaitScan;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;

/**
 * The only way from the core to the active revision.
 *
 * <p>A class of its own so that the JIT can be told not to inline it (docs/swap.md): compiled code of a revision
 * inlined into a frame in which an LWP sleeps would keep the revision's class loader alive.
 */
final class RevisionPort implements LwpRevision {
    private LwpRevision active;

    LwpRevision active() {
        return active;
    }

    void install(LwpRevision next) {
        active = next;
    }

    @Override
    public String name() {
        return active.name();
    }

    @Override
    public Generation generation() {
        return active.generation();
    }

    @Override
    public Collection<LwpQuirk> quirks() {
        return active.quirks();
    }

    @Override
    public void attach(LwpRevisionHost host) {
        active.attach(host);
    }

    @Override
    public boolean provides(String call) {
        return active.provides(call);
    }

    @Override
    public int allocateLid(Proc p) {
        return active.allocateLid(p);
    }

    @Override
    public boolean reportsLwpEvents() {
        return active.reportsLwpEvents();
    }

    @Override
    public int creationBarrier(Proc p) {
        return active.creationBarrier(p);
    }

    @Override
    public int suspensionBarrier(Proc p) {
        return active.suspensionBarrier(p);
    }

    @Override
    public boolean validatesContext() {
        return active.validatesContext();
    }

    @Override
    public int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current) {
        return active.checkContext(context, bytes, codec, current);
    }

    @Override
    public boolean limitsThreads() {
        return active.limitsThreads();
    }

    @Override
    public boolean countsEmbryos() {
        return active.countsEmbryos();
    }

    @Override
    public void start(Lwp creator, Lwp child, int flags) {
        active.start(creator, child, flags);
    }

    @Override
    public int scan(WaitScan scan) {
        return active.scan(scan);
    }

    @Override
    public SyncObject parkObject() {
        return active.parkObject();
    }

    @Override
    public int parkTimeout(ParkRequest request) {
        return active.parkTimeout(request);
    }

    @Override
    public SleepQueue parkQueue(Proc p, long hint) {
        return active.parkQueue(p, hint);
    }

    @Override
    public long parkChannel(Lwp l, long hint) {
        return active.parkChannel(l, hint);
    }

    @Override
    public int unpark(Proc p, int lid, long hint, boolean locked) {
        return active.unpark(p, lid, hint, locked);
    }

    @Override
    public long nameBytes(long callerBytes) {
        return active.nameBytes(callerBytes);
    }

    @Override
    public void exportParked(Lwp l) {
        active.exportParked(l);
    }

    @Override
    public void importParked(Lwp l) {
        active.importParked(l);
    }

    @Override
    public void check(List<String> broken) {
        active.check(broken);
    }
}
