// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.page.PageList;
import kernel.vm.page.PageOwner;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.VmProt;
import machine.core.context.ExecutionContext;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.RunLimit;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Mmu;
import org.osgi.annotation.versioning.ProviderType;

/** A small kernel around a pmap module: engine, memory, pages, and the CPUs' MMUs with the machine's walker. */
@ProviderType
public final class PmapRig implements PmapHost, AutoCloseable {
    private static final long MEMORY_BYTES = 16L << 20;
    private static final int MAX_RETRIES = 4;

    private final PmapUnderTest machine;
    private final Engine engine;
    private final PagePool pool;
    private final PmapModule module;
    private final Pmap[] loaded;
    private final List<Pmap> pmaps = new ArrayList<>();
    private final Owner owner = new Owner(1, new PageList());
    private long nextIndex;
    private int tableBudget = Integer.MAX_VALUE;

    private int blocks;

    private record Owner(int id, PageList pages) implements PageOwner {}

    private record BlockOwner(int id, PageList pages, long reservablePages) implements PageOwner {}

    /** Makes the machine's module in a kernel of its own, and one page-table user per CPU to come. */
    public PmapRig(PmapUnderTest machine, int cpus) {
        this.machine = machine;
        engine = new Engine(EngineConfig.standard().withCpus(cpus).withMemoryBytes(MEMORY_BYTES));
        pool = new PagePool(MEMORY_BYTES);
        loaded = new Pmap[cpus];
        for (int id = 0; id < cpus; id++) {
            engine.cpu(id).mmu().install(machine.walker(), machine.tlb(), machine.costs());
        }
        module = machine.module(this);
        pool.superpages(module.superpageOrder());
        module.watchTlbs(true);
    }

    /** Runs code as the context of CPU 0 until it ends and nothing is left to happen. */
    public void onFirstCpu(Runnable body) {
        Throwable[] failure = new Throwable[1];
        ExecutionContext context = engine.contexts().create(() -> {
            try {
                body.run();
            } catch (Throwable thrown) {
                failure[0] = thrown;
            }
        });
        engine.cpu(0).switchTo(context);
        engine.run(RunLimit.none());
        switch (failure[0]) {
            case null -> Expect.that(engine.panic() == null, "the kernel panicked: " + engine.panic());
            case Error error -> throw error;
            default -> throw new AssertionError(failure[0]);
        }
    }

    /** The module that is checked. */
    public PmapModule module() {
        return module;
    }

    /** The CPUs. */
    public int cpus() {
        return loaded.length;
    }

    /** One CPU. */
    public Cpu cpu(int id) {
        return engine.cpu(id);
    }

    /** A new, empty pmap. */
    public Pmap create() {
        Pmap pmap = module.create();
        Expect.that(pmap != null, "there is memory for a root table");
        pmaps.add(pmap);
        return pmap;
    }

    /** Every pmap that was not released. */
    public List<Pmap> pmaps() {
        return pmaps;
    }

    /** The pmap a CPU runs in, or null. */
    public Pmap loaded(int cpu) {
        return loaded[cpu];
    }

    /** Switches a CPU to a pmap. */
    public void load(Pmap pmap, int cpu) {
        if (loaded[cpu] != null) {
            loaded[cpu].deactivate(cpu(cpu));
        }
        loaded[cpu] = pmap;
        if (pmap != null) {
            pmap.activate(cpu(cpu));
        }
    }

    /** A CPU goes idle and keeps its pmap. */
    public void rest(int cpu) {
        loaded[cpu].rest(cpu(cpu));
    }

    /** A CPU goes on in the pmap that it kept. */
    public void resume(int cpu) {
        loaded[cpu].activate(cpu(cpu));
    }

    /** Removes everything from a pmap, takes it off all CPUs and releases it. */
    public void destroy(Pmap pmap) {
        pmap.remove(0, machine.maxUserAddress());
        for (int cpu = 0; cpu < loaded.length; cpu++) {
            if (loaded[cpu] == pmap) {
                load(null, cpu);
            }
        }
        pmap.release();
        pmaps.remove(pmap);
    }

    /** A page of memory that may be mapped writable. */
    public VmPage page() {
        VmPage page = pool.allocate(owner, nextIndex++);
        page.writeable(true);
        return page;
    }

    /** The pages of one block of frames, aligned and as large as a superpage, that may be mapped writable. */
    public VmPage[] block() {
        int count = 1 << module.superpageOrder();
        PageOwner blockOwner = new BlockOwner(2 + blocks++, new PageList(), count);
        VmPage[] pages = new VmPage[count];
        for (int i = 0; i < count; i++) {
            pages[i] = pool.allocate(blockOwner, i);
            pages[i].writeable(true);
            Expect.equal(pages[0].frame() + i, pages[i].frame(), "frame in a reserved block");
        }
        return pages;
    }

    /** Enters a mapping, as the fault code does. */
    public void enter(Pmap pmap, long va, VmPage page, int prot, int flags) {
        if ((prot & VmProt.WRITE) != 0) {
            page.writeable(true);
        }
        Expect.equal(0, pmap.enter(va, page, prot, flags), "result of enter");
    }

    /**
     * Accesses an address on a CPU as user code, with soft faults handled.
     *
     * @return the physical address, or {@link Mmu#FAULT} if the access is refused
     */
    public long access(int cpu, long va, int kind) {
        Mmu mmu = cpu(cpu).mmu();
        for (int attempt = 0; attempt < MAX_RETRIES; attempt++) {
            long pa = mmu.translate(va, kind);
            if (pa != Mmu.FAULT) {
                return pa;
            }
            if (loaded[cpu] == null || !loaded[cpu].softFault(va, kind)) {
                return Mmu.FAULT;
            }
        }
        throw new AssertionError("a handled soft fault lets the access go on: "
                + mmu.fault() + " came back " + MAX_RETRIES + " times");
    }

    /** Soft faults so far, of both kinds. */
    public long softFaults() {
        return module.stats().referencedFaults() + module.stats().modifiedFaults();
    }

    /** Lets only this many more table pages be allocated. */
    public void limitTables(int pages) {
        tableBudget = pages;
    }

    PmapUnderTest machine() {
        return machine;
    }

    PagePool pool() {
        return pool;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public PhysicalMemory memory() {
        return engine.memory();
    }

    @Override
    public CostTable costs() {
        return machine.costs();
    }

    @Override
    public long allocateTable(int pages) {
        if (tableBudget < pages) {
            return -1;
        }
        int frame = pool.allocateTable(pages);
        if (frame < 0) {
            return -1;
        }
        tableBudget -= pages;
        long table = (long) frame << PagePool.PAGE_SHIFT;
        memory().zero(table, (long) pages << PagePool.PAGE_SHIFT);
        return table;
    }

    @Override
    public void freeTable(long physicalAddress, int pages) {
        // A walker that still reaches a freed table must not find valid descriptors by luck.
        for (long at = 0; at < (long) pages << PagePool.PAGE_SHIFT; at += Long.BYTES) {
            memory().put64(physicalAddress + at, 0x5a5a5a5a5a5a5a5aL);
        }
        pool.freeTable((int) (physicalAddress >>> PagePool.PAGE_SHIFT), pages);
    }

    @Override
    public VmPage page(long physicalAddress) {
        return pool.page((int) (physicalAddress >>> PagePool.PAGE_SHIFT));
    }

    @Override
    public void close() {
        engine.close();
    }
}
