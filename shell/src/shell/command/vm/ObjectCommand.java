// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code object}: a memory object and where each of its pages is; or a list of all objects. */
public final class ObjectCommand extends Command {
    private final Kernels kernels;

    /** A row of the list. */
    record Row(int object, String type, long pages, int resident, int swapped, int references, int shadows,
            String backing, String pager) {
        static Row of(VmObject object) {
            return new Row(object.id(), object.type().name(), object.sizePages(), object.pages().size(),
                    object.swapBlocks(), object.refCount(), object.shadowCount(),
                    object.backing() == null ? "" : Integer.toString(object.backing().id()),
                    object.pager() == null ? "" : object.pager().name());
        }
    }

    /** A page of an object: in memory, on the swap device, or both. */
    record PageRow(long index, String frame, String swapBlock, String state) {
    }

    /**
     * All about an object.
     *
     * @param backingOffsetBytes where it begins in its backing object
     */
    record Details(int object, String type, long pages, int resident, int swapped, int references, int shadows,
            String backing, long backingOffsetBytes, int chain, String pager, boolean oneMapping,
            boolean mightBeDirty, Rows<PageRow> where) {
    }

    public ObjectCommand(Kernels kernels) {
        super("vm", "object", "shows a memory object and where its pages are, or lists all objects");
        this.kernels = kernels;
        takes("[ID]", 0, 1, Candidates.NONE);
        example("object 3");
        details("vmmap names the object of each map entry.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (!in.has(0)) {
            return kernel.ask(engine -> list(kernel.vm().context()));
        }
        int id = Numbers.natural(in.text(0), "an object");
        return kernel.ask(engine -> details(kernel.vm().context(), id));
    }

    private static Rows<Row> list(VmContext context) {
        List<Row> rows = new ArrayList<>();
        for (VmObject object = context.objects().first(); object != null; object = object.nextLive()) {
            rows.add(Row.of(object));
        }
        return new Rows<>(Row.class, rows);
    }

    private static Details details(VmContext context, int id) {
        VmObject object = context.objects().first();
        while (object != null && object.id() != id) {
            object = object.nextLive();
        }
        if (object == null) {
            throw new IllegalArgumentException("there is no object " + id + "; object without a number lists them");
        }
        Row row = Row.of(object);
        return new Details(id, row.type, row.pages, row.resident, row.swapped, row.references, row.shadows,
                row.backing, object.backingOffsetBytes(), object.chainLength(), row.pager, object.oneMapping(),
                object.mightBeDirty(), new Rows<>(PageRow.class, pages(context, object)));
    }

    private static List<PageRow> pages(VmContext context, VmObject object) {
        List<PageRow> rows = new ArrayList<>();
        int left = object.pages().size() + object.swapBlocks();
        for (long index = 0; index < object.sizePages() && left > 0; index++) {
            VmPage page = context.pages().find(object, index);
            int block = context.objects().swap().find(object, index);
            left -= (page == null ? 0 : 1) + (block < 0 ? 0 : 1);
            if (page != null || block >= 0) {
                rows.add(new PageRow(index, page == null ? "" : Integer.toString(page.frame()),
                        block < 0 ? "" : Integer.toString(block), page == null ? "paged out" : PageState.text(page)));
            }
        }
        return rows;
    }
}
