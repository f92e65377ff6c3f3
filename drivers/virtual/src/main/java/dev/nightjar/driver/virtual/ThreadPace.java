package dev.nightjar.driver.virtual;

import java.util.concurrent.locks.LockSupport;

/// Each loop on a thread of its own, by the machine's clock.
final class ThreadPace implements Pace {
    private static final long JOIN_MILLIS = 2_000;

    @Override
    public Runner run(String name, Loop loop) {
        LoopThread thread = new LoopThread(name, loop);
        thread.start();
        return thread;
    }

    private static final class LoopThread extends Thread implements Runner {
        private final Loop loop;
        private volatile boolean halted;

        @SuppressWarnings("ThreadPriorityCheck") // a wish: Linux ignores it without -XX:ThreadPriorityPolicy
        LoopThread(String name, Loop loop) {
            super(name);
            this.loop = loop;
            setDaemon(true);
            setPriority(MAX_PRIORITY);
        }

        @Override
        public void run() {
            long next = System.nanoTime();
            while (!halted && next != Loop.STOP) {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                } else {
                    next = loop.step(System.nanoTime());
                }
            }
        }

        @Override
        public void halt() {
            halted = true;
            LockSupport.unpark(this);
            if (Thread.currentThread() == this) {
                return;
            }
            boolean interrupted = false;
            long deadline = System.nanoTime() + JOIN_MILLIS * 1_000_000;
            while (isAlive() && System.nanoTime() < deadline) {
                try {
                    join(JOIN_MILLIS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
