// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A regular file of the host; opened for writing only when somebody writes. */
final class HostStore implements Store {
    private final Path path;
    private FileChannel channel;
    private boolean writable;

    HostStore(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Opens the file for writing too; fails as the host says if it may not be written. */
    void needWritable() throws IOException {
        if (!writable) {
            FileChannel both = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.close();
            channel = both;
            writable = true;
        }
    }

    @Override
    public int read(long position, byte[] to, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(to, 0, length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // Goes on until the buffer is full or the file ends.
        }
        return buffer.position();
    }

    @Override
    public void write(long position, byte[] from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(from, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    @Override
    public void resize(long sizeBytes) throws IOException {
        if (sizeBytes < channel.size()) {
            channel.truncate(sizeBytes);
        } else if (sizeBytes > channel.size()) {
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
    }

    @Override
    public void sync() throws IOException {
        if (writable) {
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
