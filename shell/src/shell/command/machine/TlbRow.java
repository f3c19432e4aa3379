// SPDX-License-Identifier: BSD-2-Clause
package shell.command.machine;

import java.util.ArrayList;
import java.util.List;
import machine.core.mmu.Access;
import machine.core.mmu.Mmu;
import machine.core.mmu.TlbVisitor;
import shell.command.format.Rows;

/** A cached translation, as {@code tlb} lists it. */
record TlbRow(String space, String address, String frame, String size, String rights, boolean written,
        boolean loaded) {
    private static final int KIB_SHIFT = 10;

    static Rows<TlbRow> of(Mmu mmu) {
        List<TlbRow> rows = new ArrayList<>();
        mmu.forEachEntry((va, asid, frame, pageShift, rights, dirtyKnown) -> rows.add(new TlbRow(
                asid == TlbVisitor.GLOBAL ? "global" : Integer.toString(asid), hex(va), hex(frame),
                (1L << pageShift - KIB_SHIFT) + "K", text(rights), dirtyKnown,
                asid == TlbVisitor.GLOBAL || asid == mmu.asid())));
        return new Rows<>(TlbRow.class, rows);
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    private static String text(int rights) {
        return ((rights & Access.READ) != 0 ? "r" : "-") + ((rights & Access.WRITE) != 0 ? "w" : "-")
                + ((rights & Access.EXEC) != 0 ? "x" : "-");
    }
}
