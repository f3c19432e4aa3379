// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.PmapStats;
import kernel.vm.pmap.SuperpageStats;
import machine.core.engine.KernelPanic;
import machine.core.slot.GuardedPort;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * The page-table code of the machine, as the memory layer sees it: every call into it is guarded.
 *
 * <p>As long as its machine is not in the slot (a swap prepares it, or has replaced it) a failure is the caller's to
 * deal with. A {@link KernelPanic} passes: what the core finds broken inside of a pmap, such as a missing invalidation,
 * may have harmed memory already.
 */
@Guard
final class ModulePort extends GuardedPort<PmapModule> implements PmapModule {
    private final SlotGuard guard;
    private VariantHandle mine;
    private HostSide host;
    private PmapModule module;
    private int superpageOrder;

    ModulePort(PmapModule module, HostSide host, SlotGuard guard, VariantHandle mine) {
        this.guard = guard;
        this.host = host;
        replace(module, mine);
    }

    /** Goes on with the code of a successor. */
    void replace(PmapModule next, VariantHandle handle) {
        module = next;
        mine = handle;
        superpageOrder = next.superpageOrder();
    }

    HostSide host() {
        return host;
    }

    /** The memory that a successor will get. */
    void host(HostSide next) {
        host = next;
    }

    @Override
    protected SlotGuard guard() {
        return guard;
    }

    @Override
    protected PmapModule called() {
        return module;
    }

    @Override
    protected void failed(String callback, int outer, Throwable failure, boolean same) {
        if (failure instanceof KernelPanic broken) {
            guard.leave(outer);
            throw broken;
        }
        if (guard.handle() != mine) {
            guard.leave(outer);
            throw unchecked(failure);
        }
        guard.threw(callback, outer, failure, same);
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    @Override
    public Pmap create() {
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                Pmap made = called.create();
                guard.exit(outer);
                return made == null ? null : new PmapPort(this, guard, made);
            } catch (Throwable e) {
                failed("create", outer, e, module == called);
            }
        }
    }

    @Override
    public int superpageOrder() {
        return superpageOrder;
    }

    @Override
    public PmapCapabilities capabilities() {
        return module.capabilities();
    }

    /** Whatever it still has of the kernel's memory is taken from it. */
    @Override
    public void close() {
        int outer = guard.enter();
        try {
            module.close();
            guard.exit(outer);
        } catch (Exception | Error e) {
            failed("close", outer, e, false);
        } finally {
            host.retire();
        }
    }

    @Override
    public void removeAll(VmPage page) {
        guard.decisions().record("removeAll", page.frame(), 0);
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                called.removeAll(page);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                failed("removeAll", outer, e, module == called);
            }
        }
    }

    @Override
    public void pageProtect(VmPage page, int prot) {
        guard.decisions().record("pageProtect", page.frame(), prot);
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                called.pageProtect(page, prot);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                failed("pageProtect", outer, e, module == called);
            }
        }
    }

    @Override
    public boolean isModified(VmPage page) {
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                boolean answer = called.isModified(page);
                guard.exit(outer);
                return answer;
            } catch (Throwable e) {
                failed("isModified", outer, e, module == called);
            }
        }
    }

    @Override
    public void clearModify(VmPage page) {
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                called.clearModify(page);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                failed("clearModify", outer, e, module == called);
            }
        }
    }

    @Override
    public int tsReferenced(VmPage page) {
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                int answer = called.tsReferenced(page);
                guard.exit(outer);
                return answer;
            } catch (Throwable e) {
                failed("tsReferenced", outer, e, module == called);
            }
        }
    }

    @Override
    public boolean isReferenced(VmPage page) {
        return ask("isReferenced", code -> code.isReferenced(page));
    }

    @Override
    public void clearReference(VmPage page) {
        tell("clearReference", code -> code.clearReference(page));
    }

    @Override
    public void zeroPage(VmPage page) {
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                called.zeroPage(page);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                failed("zeroPage", outer, e, module == called);
            }
        }
    }

    @Override
    public void copyPage(VmPage source, VmPage destination) {
        while (true) {
            PmapModule called = module;
            int outer = guard.enter();
            try {
                called.copyPage(source, destination);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                failed("copyPage", outer, e, module == called);
            }
        }
    }

    @Override
    public long addressHint(long va, long sizeBytes) {
        return ask("addressHint", code -> code.addressHint(va, sizeBytes));
    }

    @Override
    public PmapStats stats() {
        return ask("stats", code -> code.stats());
    }

    @Override
    public SuperpageStats superpageStats() {
        return ask("superpageStats", code -> code.superpageStats());
    }

    @Override
    public void check(List<String> broken) {
        tell("check", code -> code.check(broken));
    }

    @Override
    public void watchTlbs(boolean on) {
        tell("watchTlbs", code -> code.watchTlbs(on));
    }
}
