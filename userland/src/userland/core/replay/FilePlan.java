// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import userland.core.text.Tally;

/**
 * The files of one process. Only those that are mapped matter: each becomes a memory file as long as the
 * mappings reach; opening and closing the others is counted.
 */
final class FilePlan {
    private final LogText text;
    private final Tokens tokens;
    private final Tally unsupported;
    private final ProcessPlan process;
    private final Map<Long, LogFile> open = new HashMap<>();
    private final Map<LogFile, LoggedCall> openers = new LinkedHashMap<>();

    FilePlan(LogText text, Tokens tokens, Tally unsupported, ProcessPlan process) {
        this.text = text;
        this.tokens = tokens;
        this.unsupported = unsupported;
        this.process = process;
    }

    /** A copy for a forked process, which inherits the descriptors. */
    FilePlan(FilePlan parent, ProcessPlan process) {
        this(parent.text, parent.tokens, parent.unsupported, process);
        open.putAll(parent.open);
        process.files = parent.process.files;
    }

    /** Plans a call; false when it is none of files'. */
    boolean plan(LoggedCall logged) {
        if (logged.named("open", "openat", "creat", "memfd_create")) {
            if (logged.call().succeeded()) {
                LogFile file = new LogFile(process.files++, logged.step());
                open.put(logged.call().result(), file);
                openers.put(file, logged);
            } else {
                unsupported.add(logged.call().name() + " that failed in the log");
            }
            return true;
        }
        if (logged.named("close")) {
            LogFile file = open.remove(text.number(logged.call(), 0));
            if (file != null && file.mappedBytes > 0 && logged.call().succeeded()) {
                logged.step().actions.add(new Action.Close(file));
                order(file, logged);
            } else {
                unsupported.add("close");
            }
            return true;
        }
        return false;
    }

    /** The file behind a descriptor, mapped up to {@code bytes}; null when it was opened before the log. */
    LogFile mapped(LoggedCall logged, long descriptor, long bytes) {
        LogFile file = open.get(descriptor);
        if (file == null) {
            unsupported.add("mmap of a file opened before the log");
            return null;
        }
        if (file.mappedBytes == 0) {
            file.opener.actions.add(new Action.Open(file));
        }
        file.mappedBytes = Math.max(file.mappedBytes, LogSpace.pages(bytes));
        order(file, logged);
        return file;
    }

    /** Counts the files that no mapping needed. */
    void countUnmapped() {
        openers.forEach((file, opener) -> {
            if (file.mappedBytes == 0) {
                unsupported.add(opener.call().name());
            }
        });
    }

    private void order(LogFile file, LoggedCall later) {
        LoggedCall opener = openers.get(file);
        if (opener != null) {
            tokens.order(opener.step(), opener.thread(), later.step(), later.thread());
        }
    }
}
