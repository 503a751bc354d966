"""What the asynchronous client and its synchronous twin share: values, checks and decisions without IO."""
