// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import kernel.sched.errno.Errno;

/**
 * Keeps file names below one root.
 *
 * <p>A name is taken from the root whether or not it starts with a slash, so an absolute host path names nothing. A
 * {@code ..} that leaves the root and a link that leads out of it are refused with EACCES.
 */
final class PathRules {
    private final Path root;
    private Path resolved;

    /**
     * Rules for a root directory.
     *
     * @throws IllegalArgumentException if it is not a directory
     */
    PathRules(Path root) {
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "file root " + root + " does not exist; make the directory or name another one", e);
        }
        if (!Files.isDirectory(this.root)) {
            throw new IllegalArgumentException("file root " + root + " is not a directory; name a directory");
        }
    }

    /** Finds the host path of a name and leaves it in {@link #resolved()}; an errno if it is refused. */
    int resolve(String name) {
        if (name.isEmpty()) {
            return Errno.ENOENT;
        }
        Path wanted;
        try {
            wanted = root.resolve(name.replaceFirst("^/+", ""));
        } catch (InvalidPathException e) {
            return Errno.ENOENT;
        }
        if (!wanted.normalize().startsWith(root)) {
            return Errno.EACCES;
        }
        return follow(wanted.normalize());
    }

    private int follow(Path wanted) {
        if (wanted.equals(root)) {
            resolved = root;
            return 0;
        }
        try {
            Path parent = wanted.getParent().toRealPath();
            if (!parent.startsWith(root)) {
                return Errno.EACCES;
            }
            if (!Files.isDirectory(parent)) {
                return Errno.ENOTDIR;
            }
            Path last = parent.resolve(wanted.getFileName());
            if (Files.exists(last, LinkOption.NOFOLLOW_LINKS)) {
                last = last.toRealPath();
            }
            resolved = last;
            return last.startsWith(root) ? 0 : Errno.EACCES;
        } catch (IOException e) {
            return Errno.ENOENT;
        }
    }

    /** The host path of the last successful {@link #resolve}. */
    Path resolved() {
        return resolved;
    }

    /** A host path as users see it. */
    String inside(Path host) {
        return "/" + root.relativize(host);
    }
}
