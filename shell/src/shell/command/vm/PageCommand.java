// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code page}: everything about a page frame, and who maps it. */
public final class PageCommand extends Command {
    private final Kernels kernels;

    /** A mapping of the page. */
    record Mapping(int pid, long pageAddress, String prot, boolean wired, boolean referenced, boolean modified) {
    }

    /**
     * All about a frame.
     *
     * @param valid one bit for each 512 bytes with contents
     * @param dirty one bit for each 512 bytes known to be modified; mappings may know of more
     * @param age what the pageout policy knows of its use
     */
    record Details(int frame, long physicalAddress, String object, String index, String state, String valid,
            String dirty, int wired, int held, int age, String swapBlock, Rows<Mapping> mappings) {
    }

    public PageCommand(Kernels kernels) {
        super("vm", "page", "shows a page frame: its object, its queue, its state, and who maps it");
        this.kernels = kernels;
        takes("N", 1, 1, Candidates.NONE);
        example("page 12");
        details("pmap tells the frame of an address: its physical address divided by 4096.");
    }

    @Override
    public Object run(Invocation in) {
        int frame = Numbers.natural(in.text(0), "a page frame");
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> details(kernel, frame));
    }

    private static Details details(Kernel kernel, int frame) {
        VmContext context = kernel.vm().context();
        VmPage page = context.pages().page(frame);
        if (page == null) {
            throw new IllegalArgumentException("there is no page " + frame + "; the last one of memory is "
                    + (context.pages().frames() - 1) + ", and pages of devices exist while they are used");
        }
        VmObject object = (VmObject) page.owner();
        int block = object == null ? -1 : context.objects().swap().find(object, page.index());
        return new Details(frame, page.physicalAddress(), object == null ? "" : Integer.toString(object.id()),
                object == null ? "" : Long.toString(page.index()), PageState.text(page), bits(page.valid()),
                bits(page.dirty()), page.wireCount(), page.holdCount(), page.actCount(),
                block < 0 ? "" : Integer.toString(block), new Rows<>(Mapping.class, mappings(kernel, page)));
    }

    private static String bits(int mask) {
        return "0x" + Integer.toHexString(mask);
    }

    private static List<Mapping> mappings(Kernel kernel, VmPage page) {
        List<Mapping> mappings = new ArrayList<>();
        for (Proc proc : kernel.processes().table().all()) {
            if (proc.vmspace() != null && (page.pvCount() > 0 || page.unmanaged())) {
                proc.vmspace().pmap().forEachMapping((va, mapped, prot, wired, referenced, modified) -> {
                    if (mapped == page) {
                        mappings.add(new Mapping(proc.pid(), va, Protection.text(prot), wired, referenced, modified));
                    }
                });
            }
        }
        return mappings;
    }
}
