// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.Locale;
import kernel.vm.page.MemoryAttribute;
import kernel.vm.page.VmPage;

/** What may be said about a page in a few words. */
final class PageState {
    private PageState() {
    }

    /** For example {@code active dirty referenced}; the words that apply, joined with blanks. */
    static String text(VmPage page) {
        StringBuilder text = new StringBuilder();
        add(text, page.unmanaged() && page.owner() == null, "table");
        add(text, page.fictitious(), "fictitious");
        add(text, page.unmanaged() && page.owner() != null, "unmanaged");
        add(text, page.attribute() != MemoryAttribute.WRITE_BACK,
                page.attribute().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        add(text, page.queue() != null, page.queue() == null ? "" : page.queue().name());
        add(text, page.wireCount() > 0 && (page.owner() != null || !page.unmanaged()), "wired");
        add(text, page.reading(), "reading");
        add(text, page.writing(), "writing");
        add(text, page.busy() && !page.reading(), "busy");
        add(text, page.holdCount() > 0, "held");
        add(text, page.owner() != null && page.valid() == 0, "invalid");
        add(text, page.dirty() != 0, "dirty");
        add(text, page.referenced(), "referenced");
        add(text, page.writeable(), "writeable");
        add(text, page.nosync(), "nosync");
        add(text, page.secondChance(), "second-chance");
        add(text, page.wanted(), "wanted");
        return text.toString();
    }

    private static void add(StringBuilder text, boolean applies, String word) {
        if (applies) {
            text.append(text.isEmpty() ? "" : " ").append(word);
        }
    }
}
