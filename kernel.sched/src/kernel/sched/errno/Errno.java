// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.errno;

import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * BSD error numbers as kernel functions return them.
 *
 * <p>0 is success. Negative values are internal to the kernel and never reach a program.
 */
@ProviderType
public final class Errno {
    /** Success. */
    public static final int OK = 0;
    /** Internal: issue the same system call again, after a handler if one runs. */
    public static final int ERESTART = -3;
    /** Internal: leave the registers of the caller alone. */
    public static final int EJUSTRETURN = -2;

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EDEADLK = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int ENOTBLK = 15;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOTTY = 25;
    public static final int ETXTBSY = 26;
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int ESPIPE = 29;
    public static final int EROFS = 30;
    public static final int EMLINK = 31;
    public static final int EPIPE = 32;
    public static final int EDOM = 33;
    public static final int ERANGE = 34;
    public static final int EAGAIN = 35;
    /** Same number as {@link #EAGAIN}; a sleep that its timeout ended. */
    public static final int EWOULDBLOCK = 35;
    public static final int EALREADY = 37;
    public static final int ETIMEDOUT = 60;
    public static final int ELOOP = 62;
    public static final int ENAMETOOLONG = 63;
    public static final int ENOTEMPTY = 66;
    public static final int EUSERS = 68;
    public static final int EDQUOT = 69;
    public static final int ENOSYS = 78;
    public static final int EOVERFLOW = 84;
    public static final int EILSEQ = 85;
    public static final int ENOTSUP = 86;
    public static final int ECANCELED = 87;

    private record Entry(int number, String name, String text) {
    }

    private static final List<Entry> TABLE = List.of(
            new Entry(ERESTART, "ERESTART", "restart the system call"),
            new Entry(EJUSTRETURN, "EJUSTRETURN", "leave the registers alone"),
            new Entry(EPERM, "EPERM", "operation not permitted"),
            new Entry(ENOENT, "ENOENT", "no such file or directory"),
            new Entry(ESRCH, "ESRCH", "no such process"),
            new Entry(EINTR, "EINTR", "interrupted system call"),
            new Entry(EIO, "EIO", "input/output error"),
            new Entry(ENXIO, "ENXIO", "device not configured"),
            new Entry(E2BIG, "E2BIG", "argument list too long"),
            new Entry(ENOEXEC, "ENOEXEC", "exec format error"),
            new Entry(EBADF, "EBADF", "bad file descriptor"),
            new Entry(ECHILD, "ECHILD", "no child processes"),
            new Entry(EDEADLK, "EDEADLK", "resource deadlock avoided"),
            new Entry(ENOMEM, "ENOMEM", "cannot allocate memory"),
            new Entry(EACCES, "EACCES", "permission denied"),
            new Entry(EFAULT, "EFAULT", "bad address"),
            new Entry(ENOTBLK, "ENOTBLK", "block device required"),
            new Entry(EBUSY, "EBUSY", "device busy"),
            new Entry(EEXIST, "EEXIST", "file exists"),
            new Entry(EXDEV, "EXDEV", "cross-device link"),
            new Entry(ENODEV, "ENODEV", "operation not supported by device"),
            new Entry(ENOTDIR, "ENOTDIR", "not a directory"),
            new Entry(EISDIR, "EISDIR", "is a directory"),
            new Entry(EINVAL, "EINVAL", "invalid argument"),
            new Entry(ENFILE, "ENFILE", "too many open files in system"),
            new Entry(EMFILE, "EMFILE", "too many open files"),
            new Entry(ENOTTY, "ENOTTY", "inappropriate ioctl for device"),
            new Entry(ETXTBSY, "ETXTBSY", "text file busy"),
            new Entry(EFBIG, "EFBIG", "file too large"),
            new Entry(ENOSPC, "ENOSPC", "no space left on device"),
            new Entry(ESPIPE, "ESPIPE", "illegal seek"),
            new Entry(EROFS, "EROFS", "read-only file system"),
            new Entry(EMLINK, "EMLINK", "too many links"),
            new Entry(EPIPE, "EPIPE", "broken pipe"),
            new Entry(EDOM, "EDOM", "numerical argument out of domain"),
            new Entry(ERANGE, "ERANGE", "result too large"),
            new Entry(EAGAIN, "EAGAIN", "resource temporarily unavailable"),
            new Entry(EALREADY, "EALREADY", "operation already in progress"),
            new Entry(ETIMEDOUT, "ETIMEDOUT", "connection timed out"),
            new Entry(ELOOP, "ELOOP", "too many levels of symbolic links"),
            new Entry(ENAMETOOLONG, "ENAMETOOLONG", "file name too long"),
            new Entry(ENOTEMPTY, "ENOTEMPTY", "directory not empty"),
            new Entry(EUSERS, "EUSERS", "too many users"),
            new Entry(EDQUOT, "EDQUOT", "disc quota exceeded"),
            new Entry(ENOSYS, "ENOSYS", "function not implemented"),
            new Entry(EOVERFLOW, "EOVERFLOW", "value too large to be stored in data type"),
            new Entry(EILSEQ, "EILSEQ", "illegal byte sequence"),
            new Entry(ENOTSUP, "ENOTSUP", "not supported"),
            new Entry(ECANCELED, "ECANCELED", "operation canceled"));

    private Errno() {
    }

    /** The symbolic name, for example {@code ESRCH}; {@code errno 999} for an unknown number. */
    public static String name(int errno) {
        Entry entry = entry(errno);
        return entry == null ? "errno " + errno : entry.name;
    }

    /** What the number means, in lower case; {@code unknown error 999} for an unknown number. */
    public static String text(int errno) {
        Entry entry = entry(errno);
        return entry == null ? "unknown error " + errno : entry.text;
    }

    /**
     * The number for a symbolic name.
     *
     * @throws IllegalArgumentException if there is no such error
     */
    public static int byName(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        if (wanted.equals("EWOULDBLOCK")) {
            return EWOULDBLOCK;
        }
        for (Entry entry : TABLE) {
            if (entry.name.equals(wanted)) {
                return entry.number;
            }
        }
        throw new IllegalArgumentException("no error is called " + name + "; try a name such as ESRCH");
    }

    private static Entry entry(int errno) {
        for (Entry entry : TABLE) {
            if (entry.number == errno) {
                return entry;
            }
        }
        return null;
    }
}
