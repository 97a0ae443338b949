#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace nhanrong::web {

/// At most `slots` objects, made when first needed and lent to one thread at a time: the semaphore
/// around the search. Whoever comes when all are out waits in a bounded queue. Safe to share.
template <class T>
class LeasePool {
 public:
  using Make = std::function<std::unique_ptr<T>()>;

  LeasePool(int slots, int most_waiting, Make make)
      : free_slots_(slots), most_waiting_(most_waiting), make_(std::move(make)) {}

  /// An object on loan; comes back to the pool with the lease.
  class Lease {
   public:
    Lease(LeasePool& pool, std::unique_ptr<T> object) : pool_(&pool), object_(std::move(object)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), object_(std::move(other.object_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->give_back(std::move(object_));
    }
    T& operator*() const { return *object_; }
    T* operator->() const { return object_.get(); }
    /// The object failed (a lost connection): the next borrower gets a new one.
    void discard() { object_.reset(); }

   private:
    friend class LeasePool;
    LeasePool* pool_;
    std::unique_ptr<T> object_;
  };

  /// nullopt: the queue is full, or nothing came free in `patience`. Throws what making throws.
  std::optional<Lease> acquire(std::chrono::milliseconds patience) {
    std::unique_ptr<T> object;
    {
      std::unique_lock lock(mutex_);
      if (free_slots_ == 0) {
        if (waiting_ >= most_waiting_) return std::nullopt;
        ++waiting_;
        const bool came = freed_.wait_for(lock, patience, [&] { return free_slots_ > 0; });
        --waiting_;
        if (!came) return std::nullopt;
      }
      --free_slots_;
      if (!idle_.empty()) {
        object = std::move(idle_.back());
        idle_.pop_back();
      }
    }
    Lease lease(*this, std::move(object));
    if (lease.object_ == nullptr) lease.object_ = make_();
    return lease;
  }

  int waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }

 private:
  void give_back(std::unique_ptr<T> object) {
    {
      const std::lock_guard lock(mutex_);
      ++free_slots_;
      if (object != nullptr) idle_.push_back(std::move(object));
    }
    freed_.notify_one();
  }

  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<T>> idle_;
  int free_slots_;
  int waiting_ = 0;
  const int most_waiting_;
  const Make make_;
};

}  // namespace nhanrong::web
