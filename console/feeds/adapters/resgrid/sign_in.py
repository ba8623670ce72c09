"""How the console signs in to Resgrid where the configuration says nothing else."""

from console.feeds.spec import NO_SIGN_IN, SignIn, SignInKind


def sign_in(username: str, secret: str) -> SignIn:
    """The password grant: without a client id, and with the scope that brings a refresh token.

    Five refused passwords in 15 minutes lock the account, so a refused one must not be tried again.
    """
    if not secret:
        return NO_SIGN_IN
    return SignIn(
        SignInKind.OAUTH2_PASSWORD,
        secret,
        username,
        url="/api/v4/connect/token",
        scope="openid profile offline_access",
    )
