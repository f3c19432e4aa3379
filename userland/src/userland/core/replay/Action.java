// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.List;

/** What a step of a replay does, besides waiting for and telling other threads. */
sealed interface Action {
    /** Map an area anywhere; {@code file} null for anonymous memory. */
    record Map(Area area, int protection, int flags, LogFile file, long fileOffset) implements Action {
    }

    /** Map again over parts of areas. */
    record MapOver(List<Piece> pieces, int protection, int flags, LogFile file, long fileOffset) implements Action {
    }

    /** Unmap. */
    record Unmap(List<Piece> pieces) implements Action {
    }

    /** Change the protection. */
    record Protect(List<Piece> pieces, int protection) implements Action {
    }

    /** Give advice, with our number for it. */
    record Advise(List<Piece> pieces, int advice) implements Action {
    }

    /** Write back. */
    record Sync(List<Piece> pieces, int flags) implements Action {
    }

    /** Make the memory file that stands for a file of the log. */
    record Open(LogFile file) implements Action {
    }

    /** Close it. */
    record Close(LogFile file) implements Action {
    }

    /** Sleep. */
    record Sleep(long nanos) implements Action {
    }

    /** A wake-up that found nobody. */
    record WakeNobody() implements Action {
    }

    /** Start another thread of the process. */
    record StartThread(int thread) implements Action {
    }

    /** Start another process. */
    record Fork(int process) implements Action {
    }

    /** Wait for a process to end. */
    record WaitProcess(int process) implements Action {
    }

    /** Wait for ever: the log's thread was still waiting when its process ended. */
    record WaitForEver() implements Action {
    }

    /** End this thread. */
    record ExitThread() implements Action {
    }

    /** End the process. */
    record ExitProcess(int status) implements Action {
    }
}
