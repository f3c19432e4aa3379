// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.MappingVisitor;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.TableVisitor;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;
import machine.core.engine.Cpu;
import machine.core.slot.GuardedPort;
import machine.core.slot.SlotGuard;
import machine.core.watchdog.Guard;

/**
 * The translations of one address space, as the memory layer sees them: every call into the machine's code is guarded.
 *
 * <p>Stays the same when the machine is evicted. What the machine was asked for is then asked of its successor, whose
 * tables are complete by then, except where that has happened in passing (which CPUs use it) or is not needed.
 */
@Guard
final class PmapPort extends GuardedPort<Pmap> implements Pmap {
    private final ModulePort port;
    private final SlotGuard guard;
    private Pmap inner;

    PmapPort(ModulePort port, SlotGuard guard, Pmap inner) {
        this.port = port;
        this.guard = guard;
        this.inner = inner;
    }

    @Override
    protected SlotGuard guard() {
        return guard;
    }

    @Override
    protected Pmap called() {
        return inner;
    }

    @Override
    protected void failed(String callback, int outer, Throwable failure, boolean same) {
        port.failed(callback, outer, failure, same);
    }

    /** The machine's own object, from now on; the one before is forgotten. */
    void inner(Pmap next) {
        inner = next;
    }

    @Override
    public PmapModule module() {
        return port;
    }

    @Override
    public void copyTo(Pmap destination, long start, long end) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            called.copyTo(((PmapPort) destination).inner, start, end);
            guard.exit(outer);
        } catch (Throwable e) {
            port.failed("copyTo", outer, e, inner == called);
        }
    }

    @Override
    public int enter(long va, VmPage page, int prot, int flags) {
        guard.decisions().record("enter", va, page.frame());
        while (true) {
            Pmap called = inner;
            int outer = guard.enter();
            try {
                int answer = called.enter(va, page, prot, flags);
                guard.exit(outer);
                return answer;
            } catch (Throwable e) {
                port.failed("enter", outer, e, inner == called);
                markAgain(page, prot);
            }
        }
    }

    /** A successor begins with no page marked; the caller has marked this one for whoever failed. */
    private static void markAgain(VmPage page, int prot) {
        if ((prot & VmProt.WRITE) != 0) {
            page.writeable(true);
        }
    }

    @Override
    public void enterQuick(long va, VmPage page, int prot) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            called.enterQuick(va, page, prot);
            guard.exit(outer);
        } catch (Throwable e) {
            port.failed("enterQuick", outer, e, inner == called);
        }
    }

    @Override
    public boolean isPrefaultable(long va) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            boolean answer = called.isPrefaultable(va);
            guard.exit(outer);
            return answer;
        } catch (Throwable e) {
            port.failed("isPrefaultable", outer, e, inner == called);
        }
        return false;
    }

    @Override
    public void remove(long start, long end) {
        guard.decisions().record("remove", start, end);
        while (true) {
            Pmap called = inner;
            int outer = guard.enter();
            try {
                called.remove(start, end);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                port.failed("remove", outer, e, inner == called);
            }
        }
    }

    @Override
    public void protect(long start, long end, int prot) {
        guard.decisions().record("protect", start, end);
        while (true) {
            Pmap called = inner;
            int outer = guard.enter();
            try {
                called.protect(start, end, prot);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                port.failed("protect", outer, e, inner == called);
            }
        }
    }

    @Override
    public long extract(long va) {
        while (true) {
            Pmap called = inner;
            int outer = guard.enter();
            try {
                long answer = called.extract(va);
                guard.exit(outer);
                return answer;
            } catch (Throwable e) {
                port.failed("extract", outer, e, inner == called);
            }
        }
    }

    @Override
    public void changeWiring(long va, boolean wired) {
        tell("changeWiring", pmap -> pmap.changeWiring(va, wired));
    }

    @Override
    public void unwire(long start, long end) {
        tell("unwire", pmap -> pmap.unwire(start, end));
    }

    @Override
    public void activate(Cpu cpu) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            called.activate(cpu);
            guard.exit(outer);
        } catch (Throwable e) {
            port.failed("activate", outer, e, inner == called);
        }
    }

    @Override
    public void rest(Cpu cpu) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            called.rest(cpu);
            guard.exit(outer);
        } catch (Throwable e) {
            port.failed("rest", outer, e, inner == called);
        }
    }

    @Override
    public void defer() {
        tellOnce("defer", Pmap::defer);
    }

    /** A successor has nothing pending: its TLBs are empty. */
    @Override
    public void update() {
        tellOnce("update", Pmap::update);
    }

    @Override
    public void deactivate(Cpu cpu) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            called.deactivate(cpu);
            guard.exit(outer);
        } catch (Throwable e) {
            port.failed("deactivate", outer, e, inner == called);
        }
    }

    /** Asked at every fault. */
    @Override
    public int residentCount() {
        while (true) {
            Pmap called = inner;
            int outer = guard.enter();
            try {
                int answer = called.residentCount();
                guard.exit(outer);
                return answer;
            } catch (Throwable e) {
                port.failed("residentCount", outer, e, inner == called);
            }
        }
    }

    @Override
    public int wiredCount() {
        return ask("wiredCount", pmap -> pmap.wiredCount());
    }

    @Override
    public void removePages() {
        tell("removePages", pmap -> pmap.removePages());
    }

    @Override
    public void release() {
        tell("release", pmap -> pmap.release());
    }

    @Override
    public boolean softFault(long va, int access) {
        Pmap called = inner;
        int outer = guard.enter();
        try {
            boolean answer = called.softFault(va, access);
            guard.exit(outer);
            return answer;
        } catch (Throwable e) {
            port.failed("softFault", outer, e, inner == called);
        }
        return true;
    }

    @Override
    public int mincore(long va) {
        while (true) {
            Pmap called = inner;
            int outer = guard.enter();
            try {
                int answer = called.mincore(va);
                guard.exit(outer);
                return answer;
            } catch (Throwable e) {
                port.failed("mincore", outer, e, inner == called);
            }
        }
    }

    @Override
    public boolean superpage(long va) {
        return ask("superpage", pmap -> pmap.superpage(va));
    }

    @Override
    public void forEachMapping(MappingVisitor visitor) {
        tell("forEachMapping", pmap -> pmap.forEachMapping(visitor));
    }

    @Override
    public void forEachTable(TableVisitor visitor) {
        tell("forEachTable", pmap -> pmap.forEachTable(visitor));
    }

    @Override
    public List<WalkStep> describe(long va) {
        return ask("describe", pmap -> pmap.describe(va));
    }
}
